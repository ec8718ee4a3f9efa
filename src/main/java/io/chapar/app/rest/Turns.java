package io.chapar.app.rest;

import io.chapar.app.door.EvenTurns;
import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns of those who read what may take the database long; deliveries and all other callers need it, too. */
final class Turns {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private Turns() {}

    /** What is read in a turn. */
    interface Reading<T> {
        T read() throws Refusal;
    }

    /**
     * Reads when it is the party's turn.
     *
     * @throws Refusal in these words, when that takes too long
     */
    static <T> T during(EvenTurns<PartyCode> turns, PartyCode party, String tooMany, Reading<T> reading)
            throws Refusal {
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
            return reading.read();
        } finally {
            turns.giveBack(false);
        }
    }
}
