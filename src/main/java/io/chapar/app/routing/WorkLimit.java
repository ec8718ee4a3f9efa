package io.chapar.app.routing;

import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;

/**
 * At how many arriving messages the gateway works at once, from the moment it knows who sends until it knows what to
 * record. What it has accepted and must deliver is not limited, so that gets the processors first: under pressure less
 * is taken in, instead of more and more being owed.
 *
 * <p>A caller who waits at a door is refused when its turn does not come in time, and at once when too many wait already:
 * each holds a thread, and whoever finds none left would wait unseen, with nobody to refuse it. A party's queue and a batch
 * have no caller who waits; their messages wait.
 */
final class WorkLimit {

    private static final String TURN = "turn";
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final Semaphore turns;
    private final Duration longestTurnWait;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param atOnce messages that are worked at in the same moment
     * @param longestTurnWait how long a caller waits for its turn; then it is refused
     * @param mostWaiting callers who wait for their turn; a further one is refused at once
     */
    WorkLimit(int atOnce, Duration longestTurnWait, int mostWaiting) {
        if (atOnce < 1 || longestTurnWait.isNegative() || mostWaiting < 0) {
            throw new IllegalArgumentException(
                    "chapar.doors.at-once must be at least 1, and chapar.doors.longest-turn-wait not negative");
        }
        // In the order of arrival: under pressure nobody waits for ever.
        this.turns = new Semaphore(atOnce, true);
        this.longestTurnWait = longestTurnWait;
        this.mostWaiting = mostWaiting;
    }

    /** @throws Refusal {@code not-durable} with the time to wait, when there is no turn for its message in time */
    void begin(Exchange journey) throws Refusal {
        take(journey.getMessage().getBody(Passage.class).arrived().door());
        AtomicBoolean over = new AtomicBoolean();
        journey.setProperty(TURN, (Runnable) () -> {
            if (over.compareAndSet(false, true)) {
                turns.release();
            }
        });
    }

    /** For a journey that has no turn, or whose turn is over, nothing. */
    static void end(Exchange journey) {
        Runnable turn = journey.getProperty(TURN, Runnable.class);
        if (turn != null) {
            turn.run();
        }
    }

    private void take(Passage.Door door) throws Refusal {
        try {
            if (door == Passage.Door.QUEUE || door == Passage.Door.BATCH) {
                turns.acquire();
            } else if (!turnInTime()) {
                throw notNow("The gateway has more to do than it can do at once; nothing was recorded.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notNow("The gateway is stopping; nothing was recorded.");
        }
    }

    /** Callers who wait for their turn just now. */
    int waiting() {
        return waiting.get();
    }

    private boolean turnInTime() throws InterruptedException {
        // Counted with oneself, so that of many in the same moment not one too many waits.
        boolean room = waiting.incrementAndGet() <= mostWaiting;
        try {
            return turns.tryAcquire(room ? longestTurnWait.toNanos() : 0, TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static Refusal notNow(String why) {
        return new Refusal(new Problem(ProblemCode.NOT_DURABLE, why, List.of(), Optional.of(COME_AGAIN)));
    }
}
