package io.chapar.verify;

import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.Purpose;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.SignedPayload;
import io.chapar.trust.SignedXml;
import io.chapar.trust.XmlSignatures;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.w3c.dom.Document;

/**
 * Proves that the signature covers exactly what is used from here on, that its certificate is trusted now, and that it
 * is one of the party that is connected.
 */
public final class Verify implements Stage<Passage.Authenticated, Passage.Verified> {

    private final PartyDirectory directory;
    private final CertificatePaths paths;
    private final XmlSignatures xml;
    private final EnvelopeSignatures envelopes;
    private final JsonSignatures json;
    private final BatchSignatures batches;

    public Verify(
            PartyDirectory directory,
            CertificatePaths paths,
            XmlSignatures xml,
            EnvelopeSignatures envelopes,
            JsonSignatures json,
            BatchSignatures batches) {
        this.directory = directory;
        this.paths = paths;
        this.xml = xml;
        this.envelopes = envelopes;
        this.json = json;
        this.batches = batches;
    }

    @Override
    public Passage.Verified apply(Passage.Authenticated authenticated) throws Refusal {
        Passage.Accepted accepted = authenticated.accepted();
        Signed signed = signed(accepted);
        trusted(signed.signer());
        Party owner = directory
                .bySigningCertificate(signed.signer())
                .orElseThrow(() -> new Refusal(
                        ProblemCode.SIGNATURE_INVALID, "the party directory does not hold the signing certificate"));
        if (!owner.code().equals(authenticated.party().code())) {
            throw new Refusal(
                    ProblemCode.SIGNER_MISMATCH,
                    "the signing certificate belongs to another party than the connection's");
        }
        return new Passage.Verified(
                authenticated, signed.xml(), signed.contentDigest(), Digest.of(accepted.document()), signed.signer());
    }

    private record Signed(Optional<Document> xml, Digest contentDigest, X509Certificate signer) {

        static Signed of(SignedXml signed) {
            return new Signed(Optional.of(signed.document()), signed.contentDigest(), signed.signer());
        }

        static Signed of(SignedPayload signed) {
            return new Signed(Optional.empty(), signed.contentDigest(), signed.signer());
        }
    }

    private Signed signed(Passage.Accepted accepted) throws Refusal {
        try {
            if (accepted.arrived().door() == Passage.Door.SOAP) {
                return Signed.of(envelopes.verify(accepted.document()));
            }
            Optional<Signed> underItsBatch = underItsBatch(accepted);
            if (underItsBatch.isPresent()) {
                return underItsBatch.get();
            }
            if (accepted.format() == Format.XML) {
                return Signed.of(xml.verify(HardenedXml.parse(accepted.document())));
            }
            String signature = accepted.detachedSignature()
                    .orElseThrow(() -> new Refusal(
                            ProblemCode.SIGNATURE_MISSING, "JSON is signed by a detached JWS in X-JWS-Signature"));
            return Signed.of(json.verify(accepted.document(), signature));
        } catch (Malformed e) {
            throw new Refusal(ProblemCode.MALFORMED, reason(e));
        } catch (SignatureRefused e) {
            ProblemCode code = switch (e.fault()) {
                case MISSING -> ProblemCode.SIGNATURE_MISSING;
                case INVALID -> ProblemCode.SIGNATURE_INVALID;
                case INCOMPLETE -> ProblemCode.SIGNATURE_INCOMPLETE;
            };
            throw new Refusal(code, reason(e));
        }
    }

    /** By the batch's signature, which was verified over all of its bytes; without it a message must be signed itself. */
    private Optional<Signed> underItsBatch(Passage.Accepted accepted) throws Malformed, SignatureRefused {
        Optional<String> signature = accepted.detachedSignature();
        if (accepted.arrived().door() != Passage.Door.BATCH || signature.isEmpty()) {
            return Optional.empty();
        }
        return accepted.format() == Format.XML
                ? batches.xml(accepted.document(), signature.get()).map(Signed::of)
                : batches.json(accepted.document(), signature.get()).map(Signed::of);
    }

    private static String reason(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse("");
    }

    private void trusted(X509Certificate signer) throws Refusal {
        switch (paths.check(signer, Purpose.SIGNATURE)) {
            case VALID -> {}
            case REVOKED ->
                throw new Refusal(ProblemCode.CERTIFICATE_REVOKED, "the signing certificate was revoked by its issuer");
            case EXPIRED ->
                throw new Refusal(
                        ProblemCode.CERTIFICATE_EXPIRED, "the signing certificate " + paths.outOfTime(signer));
            case UNTRUSTED ->
                throw new Refusal(
                        ProblemCode.SIGNATURE_INVALID,
                        "the signing certificate " + paths.distrust(signer, Purpose.SIGNATURE));
            case UNDETERMINED ->
                throw new Refusal(
                        ProblemCode.NOT_DURABLE,
                        "no current revocation list or OCSP answer can be had, so the certificate is not relied on");
        }
    }
}
