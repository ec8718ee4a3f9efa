package io.chapar.deliver;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificateStatus;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.Purpose;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.SignedXml;
import io.chapar.trust.XmlSignatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What other parties say to us in answer to a call, held against their signatures and against what was handed to them.
 */
public final class Proofs {

    /** Where a JSON proof's signature stands. */
    static final String SIGNATURE_HEADER = "X-JWS-Signature";

    /** Stands for the signature of a proof that carries its own: a SOAP envelope. */
    public static final String ENVELOPED = "enveloped";

    private static final String COMMON = "urn:chapar:common:1.0";

    private final PartyDirectory parties;
    private final CertificatePaths paths;
    private final JsonSignatures jsonSignatures;
    private final XmlSignatures xmlSignatures;
    private final EnvelopeSignatures envelopes;
    private final Clock clock;

    public Proofs(
            PartyDirectory parties,
            CertificatePaths paths,
            JsonSignatures jsonSignatures,
            XmlSignatures xmlSignatures,
            EnvelopeSignatures envelopes,
            Clock clock) {
        this.parties = parties;
        this.paths = paths;
        this.jsonSignatures = jsonSignatures;
        this.xmlSignatures = xmlSignatures;
        this.envelopes = envelopes;
        this.clock = clock;
    }

    /** The acknowledgement object of the channel {@code rest}. */
    Dispatch.Acknowledged json(Dispatch.Signed signed, Party receiver, HttpAnswer answer) throws ChannelFailure {
        Map<String, Object> said;
        try {
            said = HardenedJson.parse(answer.body());
        } catch (Malformed e) {
            throw new ChannelFailure("the acknowledgement is not JSON");
        }
        same(signed, said.get("deliveryId"), said.get("digest"), said.get("at"));
        Optional<String> signature = Optional.empty();
        if (receiver.acknowledgementSigned()) {
            signature = answer.header(SIGNATURE_HEADER);
            jsonSigned(answer.body(), signature, receiver);
        }
        return new Dispatch.Acknowledged(signed, answer.body(), signature.orElse(null), clock.instant());
    }

    /** The acknowledgement element of the channel {@code soap}. */
    Dispatch.Acknowledged envelope(Dispatch.Signed signed, Party receiver, HttpAnswer answer) throws ChannelFailure {
        Document said = enveloped(answer.body(), receiver, receiver.acknowledgementSigned());
        Element root = said.getDocumentElement();
        if (!COMMON.equals(root.getNamespaceURI()) || !"acknowledgement".equals(root.getLocalName())) {
            throw new ChannelFailure("the answer is no acknowledgement");
        }
        same(signed, text(root, "deliveryId"), text(root, "digest"), text(root, "at"));
        return new Dispatch.Acknowledged(
                signed, answer.body(), receiver.acknowledgementSigned() ? ENVELOPED : null, clock.instant());
    }

    /** The bytes carry a detached signature of this party. */
    void jsonSigned(byte[] payload, Optional<String> signature, Party by) throws ChannelFailure {
        if (signature.isEmpty()) {
            throw new ChannelFailure("the answer is not signed");
        }
        try {
            signedBy(by, jsonSignatures.verify(payload, signature.get()).signer());
        } catch (SignatureRefused e) {
            throw new ChannelFailure("the answer's signature does not verify");
        }
    }

    /** The document without its enveloped signature, which is proven to be this party's. */
    Document xmlSigned(byte[] document, Party by) throws ChannelFailure {
        try {
            SignedXml signed = xmlSignatures.verify(HardenedXml.parse(document));
            signedBy(by, signed.signer());
            return signed.document();
        } catch (Malformed e) {
            throw new ChannelFailure("the answer is not readable XML");
        } catch (SignatureRefused e) {
            throw new ChannelFailure("the answer's signature does not verify");
        }
    }

    /** The body's child of an envelope, which is proven to be this party's where it must be. */
    Document enveloped(byte[] envelope, Party by, boolean mustBeSigned) throws ChannelFailure {
        try {
            if (!mustBeSigned) {
                return EnvelopeSignatures.content(envelope);
            }
            SignedXml signed = envelopes.verify(envelope);
            signedBy(by, signed.signer());
            return signed.document();
        } catch (Malformed e) {
            throw new ChannelFailure("the answer is no readable SOAP envelope");
        } catch (SignatureRefused e) {
            throw new ChannelFailure("the answer's signature does not verify");
        }
    }

    private void signedBy(Party party, X509Certificate signer) throws ChannelFailure {
        if (parties.bySigningCertificate(signer)
                .filter(owner -> owner.code().equals(party.code()))
                .isEmpty()) {
            throw new ChannelFailure("the answer is signed with a certificate that is not this party's");
        }
        CertificateStatus status = paths.check(signer, Purpose.SIGNATURE);
        if (status != CertificateStatus.VALID) {
            throw new ChannelFailure("the answer's signing certificate is " + status.name());
        }
    }

    private static void same(
            Dispatch.Signed signed, @Nullable Object deliveryId, @Nullable Object digest, @Nullable Object at)
            throws ChannelFailure {
        if (!signed.due().deliveryId().toString().equals(deliveryId)) {
            throw new ChannelFailure("the acknowledgement names another delivery");
        }
        if (!signed.digest().equals(digest(digest))) {
            throw new ChannelFailure("the acknowledgement names another digest");
        }
        try {
            if (!(at instanceof String time) || OffsetDateTime.parse(time).getYear() < 1) {
                throw new ChannelFailure("the acknowledgement does not say when");
            }
        } catch (DateTimeException e) {
            throw new ChannelFailure("the acknowledgement does not say when");
        }
    }

    private static @Nullable Digest digest(@Nullable Object said) {
        try {
            return said instanceof String value ? new Digest(value) : null;
        } catch (IllegalArgumentException e) {
            // Not a digest at all, so not the right one.
            return null;
        }
    }

    private static @Nullable String text(Element parent, String child) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && COMMON.equals(element.getNamespaceURI())
                    && child.equals(element.getLocalName())) {
                return element.getTextContent().strip();
            }
        }
        return null;
    }
}
