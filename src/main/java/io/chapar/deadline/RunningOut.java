package io.chapar.deadline;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Obligation;
import io.chapar.message.Obligation.Emitted;
import io.chapar.message.Passage;
import io.chapar.record.DueClock;
import io.chapar.record.MessageRecord;
import io.chapar.record.NotRecorded;
import io.chapar.trust.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the clocks that have run out: sends what is to be sent, and records the others. That each is told once is the
 * database's doing, so any number of nodes may look at the same time, and one that was killed changes nothing.
 */
public final class RunningOut {

    private static final Logger LOG = LoggerFactory.getLogger(RunningOut.class);
    private static final int PAGE = 100;
    /** So long a registration or departure counts that came before what it answers, and is found when it is taken back. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);
    /** Another node, or a message of today about an event of long ago, may have started one meanwhile. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final MessageRecord record;
    private final Catalogue catalogue;
    private final Notices notices;
    private final Function<Passage.Arrived, Passage.Outcome> way;
    private final Consumer<String> ranOut;
    private final Clock clock;
    private final Resting resting = new Resting();
    private volatile Instant forgotten = Instant.EPOCH;

    /**
     * @param way the straight way
     * @param ranOut is told the exchange of each clock that ran out
     */
    public RunningOut(
            MessageRecord record,
            Catalogue catalogue,
            Notices notices,
            Function<Passage.Arrived, Passage.Outcome> way,
            Consumer<String> ranOut,
            Clock clock) {
        this.record = record;
        this.catalogue = catalogue;
        this.notices = notices;
        this.way = way;
        this.ranOut = ranOut;
        this.clock = clock;
    }

    /**
     * Tells of everything that has run out.
     *
     * @return when to look again
     */
    public Instant look() {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_SLEEP);
        try {
            Set<Long> untold = new HashSet<>();
            Optional<DueClock> last = Optional.empty();
            List<DueClock> page;
            do {
                page = record.clocksDue(now, last, PAGE);
                for (DueClock due : page) {
                    if (!resting.rests(due.number(), now)) {
                        tell(due, now);
                    }
                    untold.add(due.number());
                    last = Optional.of(due);
                }
            } while (page.size() == PAGE);
            resting.keep(untold);
            forget(now);
            return record.nextClock(now).filter(latest::isAfter).orElse(latest);
        } catch (NotRecorded e) {
            LOG.warn("The clocks cannot be looked at now, and are looked at again soon: {}", e.getMessage());
            return latest;
        }
    }

    private void forget(Instant now) {
        if (forgotten.plus(BETWEEN_FORGETTING).isAfter(now)) {
            return;
        }
        while (record.forgetMarks(now.minus(REMEMBERED)) > 0) {
            LOG.debug("Marks that no clock needs any more were forgotten");
        }
        forgotten = now;
    }

    /** Whatever is wrong with one clock, the others are told of. */
    private void tell(DueClock due, Instant now) {
        try {
            if (told(due, now)) {
                ranOut.accept(due.exchange().exchange());
            }
        } catch (NotRecorded e) {
            throw e;
        } catch (Malformed | RuntimeException e) {
            LOG.error(
                    "The clock of message {} has run out, and nobody could be told; tried again in {}",
                    due.messageId(),
                    resting.failed(due.number(), now),
                    e);
        }
    }

    private boolean told(DueClock due, Instant now) throws Malformed {
        Optional<Agreement> agreement = catalogue.agreement(due.exchange());
        if (agreement.isEmpty()) {
            // It may have said that something is sent: the clock runs on until the agreement is there again.
            LOG.warn(
                    "The clock of message {} has run out, and there is no agreement on {} that says what follows; bring it"
                            + " back into routes; tried again in {}",
                    due.messageId(),
                    due.exchange(),
                    resting.failed(due.number(), now));
            return false;
        }
        Optional<Emitted> emitted = agreement.get().following().obligation().flatMap(Obligation::emits);
        return emitted.isPresent() ? sent(due, emitted.get(), now) : record.ranOut(due, now);
    }

    private boolean sent(DueClock due, Emitted emitted, Instant now) throws Malformed {
        Passage.Outcome outcome = way.apply(notices.notice(due, emitted, now));
        if (outcome instanceof Passage.Recorded recorded) {
            return !recorded.repeat();
        }
        if (!record.isDue(due, now)) {
            LOG.debug("The clock of message {} was stopped or told of meanwhile", due.messageId());
            return false;
        }
        LOG.warn(
                "{} about message {} was not accepted: {}; tried again in {}",
                emitted.exchange(),
                due.messageId(),
                outcome instanceof Passage.Refused refused
                        ? refused.problem().code().code()
                        : "no outcome",
                resting.failed(due.number(), now));
        return false;
    }
}
