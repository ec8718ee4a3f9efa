package io.chapar.sandbox.faults;

import java.time.Duration;
import java.util.Set;

/**
 * What shall happen.
 *
 * @param time how long at least
 * @param each how often each fault comes at least
 * @param last what happens to the gateway when everything else is mended: {@link Fault#STOP} or {@link Fault#WIPE}
 * @param rate messages a second, of all senders together
 */
public record Plan(long seed, Duration time, int each, Set<Fault> faults, Fault last, double rate, int senders) {

    public Plan {
        faults = Set.copyOf(faults);
        if (faults.isEmpty() || rate <= 0 || senders < 1 || each < 0 || (each == 0 && time.isZero())) {
            throw new IllegalArgumentException("a run needs faults, senders, a rate, and a time or a number");
        }
        if (last != Fault.STOP && last != Fault.WIPE) {
            throw new IllegalArgumentException(last + " cannot be the last");
        }
    }
}
