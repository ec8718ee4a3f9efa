package io.chapar.sandbox.agency;

import io.chapar.message.Digest;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.SignedPayload;
import io.chapar.trust.SignedXml;
import io.chapar.trust.XmlSignatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What every agency checks before it believes a delivery: the signature covers what it reads, and was made by the
 * gateway, which means with this one certificate and no other of the same authority.
 */
public final class Checks {

    /** @param digest what is to be acknowledged */
    public record Checked(Content content, Digest digest) {}

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final X509Certificate gateway;
    private final XmlSignatures xml = new XmlSignatures();
    private final JsonSignatures json;
    private final EnvelopeSignatures envelopes;

    public Checks(X509Certificate gateway, Clock clock) {
        this.gateway = gateway;
        this.json = new JsonSignatures(thumbprint -> Optional.empty());
        this.envelopes = new EnvelopeSignatures(clock, SKEW);
    }

    public Checked document(byte[] payload, String contentType, Optional<String> jws)
            throws Malformed, SignatureRefused {
        if (contentType.startsWith("application/json")) {
            SignedPayload signed = json.verify(payload, jws.orElse(""));
            made(signed.signer());
            return new Checked(Content.of(HardenedJson.parse(payload)), Digest.of(payload));
        }
        SignedXml signed = xml.verify(HardenedXml.parse(payload));
        made(signed.signer());
        return new Checked(Content.of(signed.document()), Digest.of(payload));
    }

    public Checked envelope(byte[] payload) throws Malformed, SignatureRefused {
        SignedXml signed = envelopes.verify(payload);
        made(signed.signer());
        return new Checked(Content.of(signed.document()), signed.contentDigest());
    }

    /** A compact JWS, as receipts are. */
    public Checked compact(String jws, String type) throws Malformed, SignatureRefused {
        SignedPayload signed = json.verifyCompact(jws);
        made(signed.signer());
        if (!signed.type().equals(type)) {
            throw new SignatureRefused(SignatureRefused.Fault.INVALID, "signed as something that is not " + type);
        }
        return new Checked(Content.of(HardenedJson.parse(signed.payload())), signed.contentDigest());
    }

    private void made(X509Certificate signer) throws SignatureRefused {
        if (!signer.equals(gateway)) {
            throw new SignatureRefused(SignatureRefused.Fault.INVALID, "signed by someone who is not the gateway");
        }
    }
}
