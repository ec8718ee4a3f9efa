package io.chapar.sandbox.play;

import java.util.List;

/** The gateway's own count of what it accepted; the sandbox only prints it. */
@FunctionalInterface
public interface Books {

    /** @param misfits ids that do not fit, with the reason */
    record Balance(
            long accepted,
            long delivered,
            long waiting,
            long parked,
            long withdrawn,
            long noReceiver,
            boolean holds,
            List<String> misfits) {}

    Balance balance();
}
