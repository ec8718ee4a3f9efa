package io.chapar.ledger;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets messages in as long as what was recorded before is under a timestamp, or has not waited for one longer than the
 * grace period. It asks nobody: between two looks at the database, what waited goes on waiting.
 */
public final class TimestampGate {

    private record Seen(Optional<Duration> waiting, long nanos) {}

    private final Optional<Duration> grace;
    private final LongSupplier nanos;
    private volatile Seen seen;

    /**
     * @param grace without one it never closes
     * @param nanos a clock that only runs forward
     */
    public TimestampGate(Optional<Duration> grace, LongSupplier nanos) {
        this.grace = grace;
        this.nanos = nanos;
        this.seen = new Seen(Optional.empty(), nanos.getAsLong());
    }

    void saw(Optional<Duration> waiting) {
        seen = new Seen(waiting, nanos.getAsLong());
    }

    /** How long the oldest event has waited for its timestamp; empty when none waits. */
    public Optional<Duration> waiting() {
        Seen last = seen;
        return last.waiting().map(then -> then.plusNanos(Math.max(0, nanos.getAsLong() - last.nanos())));
    }

    public boolean closed() {
        return grace.isPresent()
                && waiting().filter(age -> age.compareTo(grace.get()) > 0).isPresent();
    }

    /**
     * The stage behind the gate: what it would record for a sender passes first.
     *
     * @param repeat what was recorded before and needs no place in the ledger; asked only when the gate is closed
     */
    public <I, O> Stage<I, O> before(Stage<I, O> stage, Stage<I, Boolean> repeat) {
        return message -> {
            if (closed() && !repeat.apply(message)) {
                pass();
            }
            return stage.apply(message);
        };
    }

    /** @throws Refusal {@code no-timestamp} when it is closed */
    public void pass() throws Refusal {
        if (closed()) {
            throw new Refusal(
                    ProblemCode.NO_TIMESTAMP,
                    "What was accepted before waits for its timestamp longer than the gateway may go on without one.");
        }
    }
}
