package io.chapar.scenario;

import io.chapar.message.Signer;
import io.chapar.trust.KeySigner;
import io.chapar.trust.Malformed;
import io.chapar.trust.PartialSignatures;
import io.chapar.trust.TestPki;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Signs a document as its scenario says: well, wrongly, in part or not at all. */
final class Pen {

    static final String SIGNATURE = "X-JWS-Signature";

    /** What goes over the wire: over SOAP the envelope. */
    record Signed(byte[] document, Optional<String> jws) {}

    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

    private final ScenarioFile scenario;
    private final boolean signs;
    private final String tamper;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Signer signer;

    Pen(Gateway gateway, ScenarioFile scenario) {
        this.scenario = scenario;
        this.signs = !scenario.given().text("sign", "").equals("none");
        Entry how = scenario.given().below("sign");
        this.tamper = how.text("tamper", "");
        String party = Sending.party(scenario);
        Optional<TestPki.Identity> doubtful =
                how.text("certificate").flatMap(kind -> gateway.directory().doubtfulSigner(kind, party));
        var keys = gateway.keys(how.text("by", party));
        this.key = doubtful.map(identity -> identity.keys().getPrivate()).orElse(keys.signingKey());
        this.certificate = doubtful.map(TestPki.Identity::certificate).orElse(keys.signingCertificate());
        this.signer = new KeySigner(key, certificate);
    }

    String detached(byte[] bytes) {
        return signer.detachedJws(bytes);
    }

    Signed sign(byte[] document) throws Malformed {
        if (!signs) {
            return new Signed(scenario.soap() ? plainEnvelope(document) : document, Optional.empty());
        }
        return scenario.json() ? json(document) : xml(document);
    }

    private Signed json(byte[] document) {
        String jws = signer.detachedJws(document);
        return switch (tamper) {
            case "" -> new Signed(document, Optional.of(jws));
            case "payload" -> new Signed(Tampering.payload(document, true), Optional.of(jws));
            case "signature" -> new Signed(document, Optional.of(Tampering.detached(jws)));
            default -> throw new IllegalArgumentException("a signature of JSON has no " + tamper);
        };
    }

    private Signed xml(byte[] document) throws Malformed {
        byte[] signed = scenario.soap() ? signer.envelope(document, true) : signer.xml(document);
        byte[] sent = switch (tamper) {
            case "" -> signed;
            case "payload" -> Tampering.payload(signed, false);
            case "signature" -> Tampering.inside(signed);
            default -> {
                PartialSignatures partial = new PartialSignatures(key, certificate.getPublicKey());
                yield scenario.soap() ? partial.timestampOnly(signed) : partial.withoutSecondChild(document, signed);
            }
        };
        return new Signed(sent, Optional.empty());
    }

    private static byte[] plainEnvelope(byte[] document) {
        return ("<soap:Envelope xmlns:soap=\"" + SOAP_12 + "\"><soap:Body>"
                        + new String(document, StandardCharsets.UTF_8) + "</soap:Body></soap:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
