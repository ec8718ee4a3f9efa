package io.chapar.authenticate;

import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * How much each party may still send now. The rate is kept as the generic cell rate algorithm does (ITU-T I.371, annex A):
 * one number for each party, the time at which all that it sent would have been due.
 */
public final class Quotas {

    private static final long SECOND = 1_000_000_000L;

    /** Who may send nothing, or has too much under way, need not ask again at once. */
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);

    private final Function<PartyCode, QuotaLimits> limits;
    private final ToLongFunction<PartyCode> backlog;
    private final LongSupplier nanoTime;
    private final long begin;
    private final Map<PartyCode, AtomicLong> due = new ConcurrentHashMap<>();

    /**
     * @param backlog deliveries of a party's messages that have not ended, as of a moment ago
     * @param nanoTime as {@link System#nanoTime()}
     */
    public Quotas(Function<PartyCode, QuotaLimits> limits, ToLongFunction<PartyCode> backlog, LongSupplier nanoTime) {
        this.limits = limits;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts one message of this party; or, when that would be too much, counts nothing and says how long to wait. */
    public Optional<Duration> take(PartyCode party) {
        QuotaLimits limit = limits.apply(party);
        if (limit.messagesPerSecond() == 0 || backlog.applyAsLong(party) >= limit.backlog()) {
            return Optional.of(LONG_WAIT);
        }
        long each = Math.max(1, (long) (SECOND / limit.messagesPerSecond()));
        long ahead = each * (limit.burst() - 1L);
        AtomicLong when = due.computeIfAbsent(party, code -> new AtomicLong());
        while (true) {
            long now = nanoTime.getAsLong() - begin;
            long before = when.get();
            long early = before - now - ahead;
            if (early > 0) {
                return Optional.of(Duration.ofNanos(early));
            }
            if (when.compareAndSet(before, Math.max(before, now) + each)) {
                return Optional.empty();
            }
        }
    }
}
