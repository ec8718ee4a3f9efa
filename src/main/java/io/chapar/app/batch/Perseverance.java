package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Tries a message again as long as nothing can be recorded, or its sender is over its quota: it lies safely in its batch,
 * so there is nothing that its sender would have to repeat.
 */
final class Perseverance {

    private static final Logger LOG = LoggerFactory.getLogger(Perseverance.class);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Beyond it, and with a record that is there, it is this one message that cannot be done. */
    private static final int TRIES = 20;

    private final BooleanSupplier recordIsThere;
    private final Duration first;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Perseverance(BooleanSupplier recordIsThere) {
        this(recordIsThere, FIRST);
    }

    /** @param first the pause after a first try; each further one is twice as long, up to the longest */
    Perseverance(BooleanSupplier recordIsThere, Duration first) {
        this.recordIsThere = recordIsThere;
        this.first = first;
    }

    /** @throws Stopped when the gateway stops meanwhile */
    Passage.Outcome until(Supplier<Passage.Outcome> travel) {
        Duration pause = first;
        int tries = 0;
        while (true) {
            check();
            Passage.Outcome outcome = travel.get();
            if (!(outcome instanceof Passage.Refused refused)
                    || refused.problem().code().retry() != ProblemCode.Retry.LATER) {
                return outcome;
            }
            if (refused.problem().code() == ProblemCode.QUOTA) {
                pause(wait(refused.problem()));
                continue;
            }
            tries++;
            if (refused.problem().code() == ProblemCode.NOT_DURABLE && tries >= TRIES && recordIsThere.getAsBoolean()) {
                return outcome;
            }
            LOG.warn(
                    "a message of a batch waits, code={} traceId={}",
                    refused.problem().code().code(),
                    refused.arrived().traceId());
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }

    /** As long as was said, within reason. */
    private static Duration wait(Problem problem) {
        Duration said = problem.retryAfter().orElse(FIRST);
        Duration least = said.compareTo(SHORTEST) < 0 ? SHORTEST : said;
        return least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    /** @throws Stopped when the gateway stops meanwhile */
    void pause(Duration length) {
        try {
            if (stopping.await(length.toMillis(), MILLISECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** @throws Stopped when the gateway stops */
    void check() {
        if (stopping.getCount() == 0) {
            throw new Stopped();
        }
    }

    void stop() {
        stopping.countDown();
    }
}
