package io.chapar.deliver;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.message.Stage;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.util.Optional;

/**
 * Signs in the gateway's name what a receiver gets, in the profile of its channel, and says what the receiver has to
 * acknowledge.
 */
public final class Sign implements Stage<Dispatch.Transformed, Dispatch.Signed> {

    private final Signer signer;
    private final PartyDirectory parties;

    public Sign(Signer signer, PartyDirectory parties) {
        this.signer = signer;
        this.parties = parties;
    }

    /** @throws Refusal when the receiver's channel cannot carry the format of its agreement */
    @Override
    public Dispatch.Signed apply(Dispatch.Transformed transformed) throws Refusal {
        Optional<Party> receiver = parties.party(transformed.due().receiver());
        if (receiver.map(Party::channel).filter(Party.Channel.SOAP::equals).isPresent()) {
            return envelope(transformed);
        }
        if (transformed.format() == Format.JSON) {
            byte[] payload = transformed.document();
            return new Dispatch.Signed(
                    transformed.due(),
                    payload,
                    Format.JSON.mediaType(),
                    Optional.of(signer.detachedJws(payload)),
                    Digest.of(payload));
        }
        byte[] payload = signer.xml(transformed.document());
        return new Dispatch.Signed(
                transformed.due(), payload, Format.XML.mediaType(), Optional.empty(), Digest.of(payload));
    }

    private Dispatch.Signed envelope(Dispatch.Transformed transformed) throws Refusal {
        if (transformed.format() != Format.XML) {
            throw new Refusal(
                    ProblemCode.RULE, "The receiver's channel is soap, and its agreement says JSON: SOAP carries XML.");
        }
        byte[] content;
        try {
            content = HardenedXml.canonical(
                    HardenedXml.parse(transformed.document()).getDocumentElement());
        } catch (Malformed e) {
            throw new IllegalStateException("what the gateway itself made cannot be read", e);
        }
        return new Dispatch.Signed(
                transformed.due(),
                Soap.envelope(signer, content),
                Soap.CONTENT_TYPE,
                Optional.empty(),
                Digest.of(content));
    }
}
