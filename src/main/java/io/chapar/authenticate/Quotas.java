package io.chapar.authenticate;

import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** How much each party may still send now, and whether too much of what it sent was refused. */
public final class Quotas {

    /** Who may send nothing, or has too much under way, need not ask again at once. */
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);

    private final Function<PartyCode, QuotaLimits> limits;
    private final QuotaLimits ofStrangers;
    private final ToLongFunction<PartyCode> backlog;
    private final LongSupplier nanoTime;
    private final long begin;
    private final Map<PartyCode, CellRate> sent = new ConcurrentHashMap<>();
    private final Map<PartyCode, CellRate> refused = new ConcurrentHashMap<>();
    private final CellRate strangers = new CellRate();

    /**
     * @param ofStrangers what counts for all together who are no party
     * @param backlog deliveries of a party's messages that have not ended, as of a moment ago
     * @param nanoTime as {@link System#nanoTime()}
     */
    public Quotas(
            Function<PartyCode, QuotaLimits> limits,
            QuotaLimits ofStrangers,
            ToLongFunction<PartyCode> backlog,
            LongSupplier nanoTime) {
        this.limits = limits;
        this.ofStrangers = ofStrangers;
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
        return of(sent, party).take(limit.sent(), now());
    }

    /**
     * Counts a message of this party that was refused for what it is; what only has to be sent again later does not count.
     * Nor does what came by a queue or in a batch, of which one is looked at after the other.
     */
    public void refused(PartyCode party, Passage.Door door, ProblemCode code) {
        boolean called = door == Passage.Door.REST || door == Passage.Door.SOAP;
        if (called && code.retry() != ProblemCode.Retry.LATER) {
            of(refused, party).count(limits.apply(party).refused(), now());
        }
    }

    /** How long nothing of this party is looked at, because too much of it was refused; if at all. */
    public Optional<Duration> afterRefusals(PartyCode party) {
        CellRate rate = refused.get(party);
        return rate == null ? Optional.empty() : rate.pause(limits.apply(party).refused(), now());
    }

    /** Counts a request of somebody who is no party; or, when there are too many, says how long none is looked at. */
    public Optional<Duration> stranger() {
        return strangers.take(ofStrangers.refused(), now());
    }

    private static CellRate of(Map<PartyCode, CellRate> rates, PartyCode party) {
        return rates.computeIfAbsent(party, code -> new CellRate());
    }

    private long now() {
        return nanoTime.getAsLong() - begin;
    }
}
