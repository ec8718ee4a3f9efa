package io.chapar.authenticate;

import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * As soon as it is known who sends, it is known whether that is too much: before a signature is verified, which is what
 * costs, and before anything is recorded. Only messages and questions count; who fetches or asks where a message is does
 * not come this way.
 */
public final class WithinQuota implements Stage<Passage.Accepted, Passage.Authenticated> {

    private final Authenticate authenticate;
    private final Quotas quotas;
    private final Consumer<PartyCode> exceeded;

    /** @param exceeded is told whose message was refused */
    public WithinQuota(Authenticate authenticate, Quotas quotas, Consumer<PartyCode> exceeded) {
        this.authenticate = authenticate;
        this.quotas = quotas;
        this.exceeded = exceeded;
    }

    /** @throws Refusal with {@code quota} and the time to wait, or as {@link Authenticate} says */
    @Override
    public Passage.Authenticated apply(Passage.Accepted accepted) throws Refusal {
        Passage.Authenticated authenticated = authenticate.apply(accepted);
        PartyCode party = authenticated.party().code();
        Optional<Duration> wait = quotas.take(party);
        if (wait.isPresent()) {
            exceeded.accept(party);
            throw new Refusal(new Problem(
                    ProblemCode.QUOTA,
                    "The quota of " + party + " is used up: too many messages a second, or too many that are not"
                            + " delivered yet.",
                    List.of(),
                    wait));
        }
        return authenticated;
    }
}
