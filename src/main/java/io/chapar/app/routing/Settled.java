package io.chapar.app.routing;

import io.chapar.console.Metrics;
import io.chapar.deliver.Settle;
import io.chapar.message.Dispatch;
import io.chapar.message.PartyCode;
import io.chapar.message.Stage;
import java.util.function.Consumer;

/** Settles, and then says so to those who watch: the figures, and the party that waits at its mailbox. */
final class Settled implements Stage<Dispatch.Ended, Dispatch.Ended> {

    private final Settle settle;
    private final Metrics metrics;
    private final Consumer<PartyCode> mailed;

    Settled(Settle settle, Metrics metrics, Consumer<PartyCode> mailed) {
        this.settle = settle;
        this.metrics = metrics;
        this.mailed = mailed;
    }

    @Override
    public Dispatch.Ended apply(Dispatch.Ended unsettled) {
        Dispatch.Ended ended = settle.apply(unsettled);
        Dispatch.Due due = ended.due();
        if (ended instanceof Dispatch.Acknowledged) {
            metrics.delivered(due.exchange().exchange(), due.receiver());
        } else if (ended instanceof Dispatch.Parked) {
            metrics.parked(due.exchange().exchange(), due.receiver());
        } else if (ended instanceof Dispatch.Mailed) {
            mailed.accept(due.receiver());
        }
        return ended;
    }
}
