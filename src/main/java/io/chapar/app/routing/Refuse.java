package io.chapar.app.routing;

import io.chapar.app.door.Defects;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Ends a journey with a no. What an authenticated party is told is recorded before it is told; what came from nobody we
 * know goes to the security log, at a bounded rate, so that a flood fills neither ledger nor disk.
 */
final class Refuse implements Processor {

    private final RefusedAttempts attempts;
    private final SecurityLog securityLog;
    private final Defects defects;
    private final WorkLimit limit;

    Refuse(RefusedAttempts attempts, SecurityLog securityLog, Defects defects, WorkLimit limit) {
        this.attempts = attempts;
        this.securityLog = securityLog;
        this.defects = defects;
        this.limit = limit;
    }

    @Override
    public void process(Exchange camelExchange) {
        Passage last = (Passage) camelExchange.getMessage().getBody();
        Problem problem = problem(camelExchange, last);
        Passage.Refused refused = new Passage.Refused(last.arrived(), problem, messageId(last));
        Optional<PartyCode> party = party(last);
        if (party.isEmpty()) {
            securityLog.refused(refused);
        } else {
            refused = attempts.noted(refused, party.get());
        }
        camelExchange.getMessage().setBody(refused);
    }

    /** What broke while its files came has had no turn; and when there is none for it in time, it is told that instead. */
    private Problem problem(Exchange camelExchange, Passage last) {
        Throwable failure = camelExchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Problem problem = failure instanceof Refusal refusal ? refusal.problem() : defects.problem(last, failure);
        try {
            if (problem.code().retry() != ProblemCode.Retry.LATER) {
                limit.beginNow(camelExchange);
            }
            return problem;
        } catch (Refusal noTurn) {
            return noTurn.problem();
        }
    }

    private static Optional<PartyCode> party(Passage passage) {
        return authenticated(passage).map(Passage.Authenticated::party).map(Party::code);
    }

    private static Optional<Passage.Authenticated> authenticated(Passage passage) {
        if (passage instanceof Passage.Authenticated authenticated) {
            return Optional.of(authenticated);
        }
        if (passage instanceof Passage.Verified verified) {
            return Optional.of(verified.authenticated());
        }
        return validated(passage).map(validated -> validated.verified().authenticated());
    }

    private static Optional<UUID> messageId(Passage passage) {
        if (passage instanceof Passage.Verified verified) {
            return StatedMessageId.of(verified);
        }
        return validated(passage).map(validated -> validated.header().messageId());
    }

    private static Optional<Passage.Validated> validated(Passage passage) {
        if (passage instanceof Passage.Validated validated) {
            return Optional.of(validated);
        }
        return passage instanceof Passage.Authorised authorised
                ? Optional.of(authorised.validated())
                : Optional.empty();
    }
}
