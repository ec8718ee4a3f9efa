package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.SignedPayload;
import io.chapar.trust.SignedXml;
import io.chapar.trust.XmlSignatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway said, after its signature was verified. */
record Told(Kind kind, Content content) {

    enum Kind {
        RECEIPT,
        ANSWER,
        PROBLEM
    }

    /** Believes the gateway's own signing certificate and no other. */
    static final class Reader {

        private final X509Certificate gateway;
        private final JsonSignatures json = new JsonSignatures(thumbprint -> Optional.empty());
        private final XmlSignatures xml = new XmlSignatures();
        private final EnvelopeSignatures envelopes = new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5));

        Reader(X509Certificate gateway) {
            this.gateway = gateway;
        }

        Told read(Response response) throws Malformed, SignatureRefused {
            switch (response.mediaType()) {
                case "application/jose" -> {
                    SignedPayload receipt = json.verifyCompact(response.text());
                    madeBy(receipt.signer());
                    assertThat(receipt.type()).isEqualTo(Receipts.TYPE);
                    return new Told(Kind.RECEIPT, Content.of(HardenedJson.parse(receipt.payload())));
                }
                case "application/json" -> {
                    detached(response);
                    return new Told(Kind.ANSWER, Content.of(HardenedJson.parse(response.body())));
                }
                case "application/problem+json" -> {
                    detached(response);
                    return new Told(Kind.PROBLEM, Content.of(HardenedJson.parse(response.body())));
                }
                case "application/problem+xml" -> {
                    detached(response);
                    return new Told(Kind.PROBLEM, Content.of(HardenedXml.parse(response.body())));
                }
                case "application/xml" -> {
                    return document(xml.verify(HardenedXml.parse(response.body())));
                }
                case "application/soap+xml", "text/xml" -> {
                    return document(envelopes.verify(response.body()));
                }
                default ->
                    throw new AssertionError("an answer of no known kind: " + response.status() + " "
                            + response.mediaType() + " " + response.text());
            }
        }

        private void detached(Response response) throws SignatureRefused {
            madeBy(json.verify(response.body(), response.header(Pen.SIGNATURE).orElse(""))
                    .signer());
        }

        private Told document(SignedXml signed) {
            madeBy(signed.signer());
            Content content = Content.of(signed.document());
            return switch (signed.document().getDocumentElement().getLocalName()) {
                case "receipt" -> new Told(Kind.RECEIPT, content);
                case "Fault" ->
                    new Told(
                            Kind.PROBLEM,
                            pointer -> content.text("/Detail/problem" + pointer)
                                    .or(() -> content.text("/detail/problem" + pointer)));
                default -> new Told(Kind.ANSWER, content);
            };
        }

        private void madeBy(X509Certificate signer) {
            assertThat(signer).as("who signed the reply").isEqualTo(gateway);
        }
    }
}
