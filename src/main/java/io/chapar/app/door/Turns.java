package io.chapar.app.door;

import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns of those for whom the database, or the processors, may work long; deliveries and all other callers need both, too. */
public final class Turns {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private Turns() {}

    /** What is done in a turn. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws Refusal, E;
    }

    /**
     * Does it when it is the party's turn.
     *
     * @throws Refusal in these words, when that takes too long
     */
    public static <T, E extends Exception> T during(
            EvenTurns<PartyCode> turns, PartyCode party, String tooMany, Work<T, E> work) throws Refusal, E {
        try {
            if (!turns.take(party, false, LONGEST_WAIT)) {
                throw new Refusal(
                        new Problem(ProblemCode.QUOTA, tooMany, List.of(), Optional.of(Duration.ofSeconds(1))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping", e);
        }
        try {
            return work.done();
        } finally {
            turns.giveBack(false);
        }
    }
}
