package io.chapar.app.door;

import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Turns of those for whom the database, or the processors, may work long; deliveries and all other callers need both, too. */
public final class Turns {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Function<PartyCode, EvenTurns<PartyCode>> of;
    private final String tooMany;

    private Turns(Function<PartyCode, EvenTurns<PartyCode>> of, String tooMany) {
        this.of = of;
        this.tooMany = tooMany;
    }

    /**
     * All parties together do so many at once.
     *
     * @param tooMany what a party is told whose turn does not come
     */
    public static Turns together(int atOnce, String tooMany) {
        EvenTurns<PartyCode> all = new EvenTurns<>(atOnce, atOnce);
        return new Turns(party -> all, tooMany);
    }

    /** Each party does so many at once: as slowly as it goes on, it keeps no other from its own. */
    public static Turns each(int atOnce, String tooMany) {
        Map<PartyCode, EvenTurns<PartyCode>> own = new ConcurrentHashMap<>();
        return new Turns(party -> own.computeIfAbsent(party, first -> new EvenTurns<>(atOnce, atOnce)), tooMany);
    }

    /** What is done in a turn. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws Refusal, E;
    }

    /**
     * Does it when it is the party's turn.
     *
     * @throws Refusal {@code quota} when that takes longer than five seconds
     */
    public <T, E extends Exception> T during(PartyCode party, Work<T, E> work) throws Refusal, E {
        EvenTurns<PartyCode> turns = of.apply(party);
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
