package io.chapar.authenticate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate to which something is held, by the generic cell rate algorithm (ITU-T I.371, annex A): one number, the time at
 * which all that came would have been due.
 */
final class CellRate {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong due = new AtomicLong();

    /**
     * How much is meant.
     *
     * @param perSecond in the long run, above 0
     * @param burst that may come at once after a pause
     */
    record Limit(double perSecond, int burst) {

        private long each() {
            return Math.max(1, (long) (SECOND / perSecond));
        }

        private long ahead() {
            return each() * (burst - 1L);
        }
    }

    /** Counts one; or, when that would be too much, counts nothing and says how long to wait. */
    Optional<Duration> take(Limit limit, long now) {
        while (true) {
            long before = due.get();
            long early = before - now - limit.ahead();
            if (early > 0) {
                return Optional.of(Duration.ofNanos(early));
            }
            if (due.compareAndSet(before, Math.max(before, now) + limit.each())) {
                return Optional.empty();
            }
        }
    }

    /** Counts one that has come, whether or not that was too much. */
    void count(Limit limit, long now) {
        due.updateAndGet(before -> Math.max(before, now) + limit.each());
    }

    /** How long to wait until one more is not too much, if at all. */
    Optional<Duration> pause(Limit limit, long now) {
        long early = due.get() - now - limit.ahead();
        return early > 0 ? Optional.of(Duration.ofNanos(early)) : Optional.empty();
    }
}
