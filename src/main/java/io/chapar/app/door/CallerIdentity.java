package io.chapar.app.door;

import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.util.List;

/**
 * Who is calling, and what did it sign. Calls that carry no message are answered by the very stages that messages pass,
 * so there is one rule about certificates and one about signatures.
 */
public final class CallerIdentity {

    private final Stage<Passage.Accepted, Passage.Authenticated> authenticate;
    private final Stage<Passage.Authenticated, Passage.Verified> verify;

    public CallerIdentity(
            Stage<Passage.Accepted, Passage.Authenticated> authenticate,
            Stage<Passage.Authenticated, Passage.Verified> verify) {
        this.authenticate = authenticate;
        this.verify = verify;
    }

    /**
     * The party at the other end of the connection. It is never the gateway itself: whoever has its keys may look at nothing
     * and take nothing with them, just as the stage {@code authorise} lets nobody send with them.
     */
    public Party party(Passage.Arrived arrived) throws Refusal {
        Party party = withGateway(arrived);
        if (party.code().equals(PartyCode.CHAPAR)) {
            throw new Refusal(
                    ProblemCode.NOT_AGREED,
                    "The client certificate is the gateway's own, and no agreement has the gateway call itself.");
        }
        return party;
    }

    /** The same, or a gateway: nodes show their certificate to the broker that they share. */
    public Party withGateway(Passage.Arrived arrived) throws Refusal {
        return authenticate.apply(asJson(arrived)).party();
    }

    /** Proves that this party signed exactly the bytes of this body, by {@code X-JWS-Signature}. */
    public void mustHaveSigned(Party party, Passage.Arrived arrived) throws Refusal {
        Passage.Verified unused = verify.apply(new Passage.Authenticated(asJson(arrived), party));
        assert unused.authenticated().party().equals(party);
    }

    private static Passage.Accepted asJson(Passage.Arrived arrived) {
        return new Passage.Accepted(arrived, Format.JSON, arrived.body(), arrived.detachedSignature(), List.of());
    }
}
