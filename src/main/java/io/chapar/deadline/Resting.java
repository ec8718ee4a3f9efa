package io.chapar.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Clocks of which nobody could be told: each is tried again after twice the time as the last one, so that what stays
 * wrong does not fill log and ledger. Kept in memory: after a start each is tried at once.
 */
final class Resting {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private record Rest(Instant until, Duration length) {}

    private final Map<Long, Rest> rests = new HashMap<>();

    boolean rests(long clock, Instant now) {
        Rest rest = rests.get(clock);
        return rest != null && now.isBefore(rest.until());
    }

    /** How long it rests now. */
    Duration failed(long clock, Instant now) {
        Rest before = rests.get(clock);
        Duration length = before == null ? FIRST : before.length().multipliedBy(2);
        Duration rest = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        rests.put(clock, new Rest(now.plus(rest), rest));
        return rest;
    }

    /** All others were told of, or stopped. */
    void keep(Set<Long> due) {
        rests.keySet().retainAll(due);
    }
}
