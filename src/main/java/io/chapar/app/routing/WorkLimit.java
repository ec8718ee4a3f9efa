package io.chapar.app.routing;

import io.chapar.app.door.EvenTurns;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * At how many arriving messages the gateway works at once, from the moment they are here until it is known what to record;
 * and at what it refuses until that is recorded. What it has accepted and must deliver is not limited, so that gets the
 * processors first: under pressure less is taken in, instead of more and more being owed.
 *
 * <p>A caller who waits at a door is refused when its turn does not come in time. The parties that wait get their turns one
 * after the other, so that who sends little waits little, whatever others send; all who are no party are one. Of whom more is
 * refused than accepted, and of who is no party, only a few messages are worked at in the same moment, of all of them together.
 * A party's queue and a batch have no caller who waits; their messages wait.
 */
final class WorkLimit {

    private static final String TURN = "turn";
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    /** A no costs a signature, often a handshake, and invites the next message; so a doubtful one hears it so many times later. */
    private static final int LATER = 5;

    private final PartyDirectory parties;
    private final Consumer<PartyCode> exceeded;
    private final EvenTurns<Optional<PartyCode>> turns;
    private final Duration longestTurnWait;
    private final Doubts doubts = new Doubts();

    /**
     * @param parties who is behind which certificate
     * @param exceeded is told of whom too much is refused for all of it to be looked at
     * @param atOnce messages that are worked at in the same moment; of those of whom more is refused than accepted an eighth
     * @param longestTurnWait how long a caller waits for its turn; then it is refused; those others wait five times as long
     */
    WorkLimit(PartyDirectory parties, Consumer<PartyCode> exceeded, int atOnce, Duration longestTurnWait) {
        if (atOnce < 1 || longestTurnWait.isNegative()) {
            throw new IllegalArgumentException(
                    "chapar.doors.at-once must be at least 1, and chapar.doors.longest-turn-wait not negative");
        }
        this.parties = parties;
        this.exceeded = exceeded;
        this.turns = new EvenTurns<>(atOnce, Math.max(1, atOnce / 8));
        this.longestTurnWait = longestTurnWait;
    }

    /**
     * Begins its turn, unless it has one, or its files are still to come: for those only their sender can be waited.
     *
     * @throws Refusal {@code quota} with the time to wait when there is no turn for its message in time; {@code not-durable}
     *     when the gateway stops meanwhile
     */
    void begin(Exchange journey) throws Refusal {
        if (!isStillToCome(journey.getMessage().getBody(Passage.class))) {
            beginNow(journey);
        }
    }

    /** The same, whatever is still to come: for what is refused, of which nobody reads the rest. */
    void beginNow(Exchange journey) throws Refusal {
        if (journey.getProperty(TURN) != null) {
            return;
        }
        boolean doubtful = take(journey.getMessage().getBody(Passage.class).arrived());
        AtomicBoolean over = new AtomicBoolean();
        journey.setProperty(TURN, (Runnable) () -> {
            if (over.compareAndSet(false, true)) {
                turns.giveBack(doubtful);
            }
        });
    }

    private static boolean isStillToCome(Passage message) {
        return message instanceof Passage.Arrived arrived && arrived.unread().isPresent();
    }

    /** For a journey that has no turn, or whose turn is over, nothing. */
    static void end(Exchange journey) {
        Runnable turn = journey.getProperty(TURN, Runnable.class);
        if (turn != null) {
            turn.run();
        }
    }

    /** What only has to be sent again says nothing about its sender. */
    void learn(Passage.Outcome outcome) {
        Optional<PartyCode> sender = sender(outcome.arrived());
        if (sender.isEmpty() || isWaitedFor(outcome.arrived())) {
            return;
        }
        if (!(outcome instanceof Passage.Refused refused)) {
            doubts.accepted(sender.get());
        } else if (refused.problem().code().retry() != ProblemCode.Retry.LATER) {
            doubts.refused(sender.get());
        }
    }

    /** Of a queue and of a batch one message is looked at after the other. */
    private static boolean isWaitedFor(Passage.Arrived message) {
        return message.door() == Passage.Door.QUEUE || message.door() == Passage.Door.BATCH;
    }

    /** Whether the turn is that of a doubtful one. */
    private boolean take(Passage.Arrived message) throws Refusal {
        Optional<PartyCode> sender = sender(message);
        try {
            if (isWaitedFor(message)) {
                turns.take(sender, false);
                return false;
            }
            boolean doubtful = doubts.about(sender);
            if (turns.take(sender, doubtful, doubtful ? longestTurnWait.multipliedBy(LATER) : longestTurnWait)) {
                return doubtful;
            }
            // 429 may be of a whole server (RFC 6585, section 4). After it the connection stays; after 503 it is
            // closed, and a
            // handshake costs as much as several refusals.
            throw doubtful
                    ? tooMuchRefused(sender)
                    : comeAgain(
                            ProblemCode.QUOTA,
                            "The gateway has more to do than it can do at once; nothing was recorded.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw comeAgain(ProblemCode.NOT_DURABLE, "The gateway is stopping; nothing was recorded.");
        }
    }

    private Optional<PartyCode> sender(Passage.Arrived message) {
        return message.clientCertificates().stream()
                .findFirst()
                .flatMap(parties::byTlsCertificate)
                .map(Party::code);
    }

    /** Callers who wait for their turn just now. */
    int waiting() {
        return turns.waiting();
    }

    private Refusal tooMuchRefused(Optional<PartyCode> sender) {
        sender.ifPresent(exceeded);
        return comeAgain(
                ProblemCode.QUOTA,
                "So much of what you sent was refused that only a little of it is looked at. Find out why, by the codes of the"
                        + " refusals, before you send more.");
    }

    private static Refusal comeAgain(ProblemCode code, String why) {
        return new Refusal(new Problem(code, why, List.of(), Optional.of(COME_AGAIN)));
    }
}
