package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Stage;
import java.util.function.Consumer;

/** Records how a delivery ended. Only then may the broker forget it. */
public final class Settle implements Stage<Dispatch.Ended, Dispatch.Ended> {

    private final Consumer<Dispatch.Ended> record;
    private final Patience patience;

    /** @param record returns when the end is durable */
    public Settle(Consumer<Dispatch.Ended> record, Patience patience) {
        this.record = record;
        this.patience = patience;
    }

    @Override
    public Dispatch.Ended apply(Dispatch.Ended ended) {
        return patience.untilRecorded(() -> {
            record.accept(ended);
            return ended;
        });
    }
}
