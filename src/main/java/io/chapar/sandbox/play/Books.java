package io.chapar.sandbox.play;

import java.util.List;

/** The gateway's own count of what it accepted; the sandbox only prints it. */
public interface Books {

    /**
     * What was counted.
     *
     * @param withBroker whether what the broker holds was held against it too
     * @param misfits ids that do not fit, with the reason
     */
    record Balance(
            long accepted,
            long delivered,
            long waiting,
            long parked,
            long withdrawn,
            long noReceiver,
            boolean holds,
            boolean withBroker,
            List<String> misfits) {}

    /** Deliveries that wait, as far as the record says. */
    long waiting();

    /** Counted in the record and in the broker; takes seconds. */
    Balance balance() throws InterruptedException;
}
