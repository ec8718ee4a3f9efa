package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Stage;
import io.chapar.record.MessageRecord;

/** Records how a delivery ended. Only then may the broker forget it. */
public final class Settle implements Stage<Dispatch.Ended, Dispatch.Ended> {

    private final MessageRecord record;
    private final Patience patience;

    public Settle(MessageRecord record, Patience patience) {
        this.record = record;
        this.patience = patience;
    }

    @Override
    public Dispatch.Ended apply(Dispatch.Ended ended) {
        return patience.untilRecorded(() -> {
            record.ended(ended);
            return ended;
        });
    }
}
