package io.chapar.app.routing;

import io.chapar.app.server.EvenShare;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/**
 * At how many arriving messages the gateway works at once, from the moment it knows who sends until it knows what to
 * record. What it has accepted and must deliver is not limited, so that gets the processors first: under pressure less
 * is taken in, instead of more and more being owed.
 *
 * <p>A caller who waits at a door is refused when its turn does not come in time, and at once when too many wait already:
 * each holds a thread, and whoever finds none left would wait unseen, with nobody to refuse it. Of these places one party
 * has at most as many as are still free, so that there is one for every other, whatever it sends; and the parties that wait get
 * their turns one after the other. A party's queue and a batch have no caller who waits; their messages wait.
 */
final class WorkLimit {

    private static final String TURN = "turn";
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final EvenTurns<PartyCode> turns;
    private final Duration longestTurnWait;
    private final EvenShare<PartyCode> waiting;

    /**
     * @param atOnce messages that are worked at in the same moment
     * @param longestTurnWait how long a caller waits for its turn; then it is refused
     * @param mostWaiting callers who wait for their turn, of all parties together; a further one is refused at once
     */
    WorkLimit(int atOnce, Duration longestTurnWait, int mostWaiting) {
        if (atOnce < 1 || longestTurnWait.isNegative() || mostWaiting < 0) {
            throw new IllegalArgumentException(
                    "chapar.doors.at-once must be at least 1, and chapar.doors.longest-turn-wait not negative");
        }
        this.turns = new EvenTurns<>(atOnce);
        this.longestTurnWait = longestTurnWait;
        this.waiting = new EvenShare<>(mostWaiting);
    }

    /** @throws Refusal {@code not-durable} with the time to wait, when there is no turn for its message in time */
    void begin(Exchange journey) throws Refusal {
        take(journey.getMessage().getBody(Passage.Authenticated.class));
        AtomicBoolean over = new AtomicBoolean();
        journey.setProperty(TURN, (Runnable) () -> {
            if (over.compareAndSet(false, true)) {
                turns.giveBack();
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

    private void take(Passage.Authenticated message) throws Refusal {
        Passage.Door door = message.arrived().door();
        try {
            if (door == Passage.Door.QUEUE || door == Passage.Door.BATCH) {
                turns.take(message.party().code());
            } else if (!turnInTime(message.party().code())) {
                throw notNow("The gateway has more to do than it can do at once; nothing was recorded.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notNow("The gateway is stopping; nothing was recorded.");
        }
    }

    /** Callers who wait for their turn just now. */
    int waiting() {
        return waiting.taken();
    }

    private boolean turnInTime(PartyCode party) throws InterruptedException {
        if (!waiting.take(party)) {
            return turns.takeNow();
        }
        try {
            return turns.take(party, longestTurnWait);
        } finally {
            waiting.giveBack(party);
        }
    }

    private static Refusal notNow(String why) {
        return new Refusal(new Problem(ProblemCode.NOT_DURABLE, why, List.of(), Optional.of(COME_AGAIN)));
    }
}
