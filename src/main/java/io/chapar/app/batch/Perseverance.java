package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a message waits when nothing can be recorded, or its sender is over its quota: it lies safely in its batch, so
 * there is nothing that its sender would have to repeat. Of one batch, and used by one thread at a time.
 */
final class Perseverance {

    /** Between one try and the next, whatever was said. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Perseverance.class);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration FIRST = Duration.ofMillis(500);

    /** Beyond it, and with a record that is there, it is this one message that cannot be done. */
    private static final int TRIES = 20;

    private final BooleanSupplier recordIsThere;
    private int tries;
    private Duration pause = FIRST;

    Perseverance(BooleanSupplier recordIsThere) {
        this.recordIsThere = recordIsThere;
    }

    /** How long the message that had this outcome waits for its next try; nothing when there is none: the next is another's. */
    Optional<Duration> after(Passage.Outcome outcome) {
        Optional<Problem> notNow = notNow(outcome);
        if (notNow.isEmpty()) {
            return over();
        }
        ProblemCode code = notNow.get().code();
        if (code == ProblemCode.QUOTA) {
            return Optional.of(withinReason(notNow.get().retryAfter().orElse(FIRST)));
        }
        tries++;
        if (code == ProblemCode.NOT_DURABLE && tries >= TRIES && recordIsThere.getAsBoolean()) {
            return over();
        }
        LOG.warn(
                "a message of a batch waits, code={} traceId={}",
                code.code(),
                outcome.arrived().traceId());
        Duration now = pause;
        pause = withinReason(pause.multipliedBy(2));
        return Optional.of(now);
    }

    private Optional<Duration> over() {
        tries = 0;
        pause = FIRST;
        return Optional.empty();
    }

    /** What stands in its way for a while. */
    static Optional<Problem> notNow(Passage.Outcome outcome) {
        return outcome instanceof Passage.Refused refused
                        && refused.problem().code().retry() == ProblemCode.Retry.LATER
                ? Optional.of(refused.problem())
                : Optional.empty();
    }

    private static Duration withinReason(Duration said) {
        Duration least = said.compareTo(SHORTEST) < 0 ? SHORTEST : said;
        return least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }
}
