package io.chapar.app.queue;

import io.chapar.trust.DecryptionKey;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonEncryption;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.PemFiles;
import io.chapar.trust.SignedXml;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole gateway of which no private key lies in a PEM file. Where they lie is said by those who extend this, and everything
 * works the same.
 */
abstract class OwnKeys extends AtQueues {

    static final List<String> USES = List.of("sign", "encrypt", "tls");

    static void removePemKeys(Path own) throws IOException {
        for (String use : USES) {
            Files.delete(own.resolve(use + ".key.pem"));
        }
    }

    @Override
    abstract QueueGateway open(Path folder) throws IOException;

    @Test
    void what_is_written_encrypted_is_receipted_and_delivered_under_its_signature() throws Exception {
        UUID messageId = UUID.randomUUID();
        writeEncrypted(messageId);

        String receipt = new String(opened(mh.read()), StandardCharsets.US_ASCII);
        assertThat(receipt.split("\\.")).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(receipt.split("\\.")[1]), StandardCharsets.UTF_8))
                .contains(messageId.toString());
        Message delivery = delivered(messageId);
        assertThat(signer(Desk.body(delivery), delivery.getStringProperty("jwsSignature")))
                .isEqualTo(certificate("sign"));
        acknowledge(delivery);
    }

    @Test
    void a_caller_meets_its_tls_certificate_and_gets_a_receipt() throws Exception {
        HttpResponse<String> receipt = post(UUID.randomUUID(), "application/xml");

        assertThat(receipt.statusCode()).isEqualTo(202);
        assertThat(receipt.sslSession().orElseThrow().getPeerCertificates()[0]).isEqualTo(certificate("tls"));
        assertThat(receipt.body()).contains("SignatureValue");
    }

    @Test
    void a_caller_over_soap_gets_its_receipt_in_an_envelope_signed_with_it() throws Exception {
        UUID messageId = UUID.randomUUID();
        byte[] envelope = gateway.keys("MH").signer().envelope(QueueGateway.birth("xml", messageId), false);

        HttpResponse<byte[]> answer = client().send(
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:" + gateway.httpsPort() + "/ws/" + EXCHANGE))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "text/xml; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(envelope))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        SignedXml signed = new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5)).verify(answer.body());
        assertThat(signed.signer()).isEqualTo(certificate("sign"));
        assertThat(signed.document().getDocumentElement().getTextContent()).contains(messageId.toString());
    }

    @Test
    void who_connects_to_the_queues_meets_its_tls_certificate() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) gateway.keys("MH").client().getSocketFactory().createSocket("localhost", gateway.port())) {
            socket.startHandshake();

            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(certificate("tls"));
        }
    }

    void writeEncrypted(UUID messageId) throws Exception {
        byte[] clear = QueueGateway.birth("json", messageId);
        byte[] sealed = JsonEncryption.encrypt(clear, "application/json", certificate("encrypt"));
        mh.write(mh.with(
                mh.bytes(sealed),
                "exchange",
                EXCHANGE,
                "kind",
                "message",
                "jwsSignature",
                gateway.keys("MH").signer().detachedJws(clear)));
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(gateway.keys("MH").client())
                .build();
    }

    HttpResponse<String> post(UUID messageId, String contentType) throws Exception {
        return post(client(), messageId, contentType);
    }

    HttpResponse<String> post(HttpClient client, UUID messageId, String contentType) throws Exception {
        boolean xml = contentType.equals("application/xml");
        byte[] document = QueueGateway.birth(xml ? "xml" : "json", messageId);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + gateway.httpsPort() + "/api/v1/exchanges/" + EXCHANGE))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType);
        if (xml) {
            document = gateway.keys("MH").signer().xml(document);
        } else {
            request.header("X-JWS-Signature", gateway.keys("MH").signer().detachedJws(document));
        }
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(document)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private X509Certificate certificate(String use) throws IOException {
        return PemFiles.certificate(gateway.certificates().resolve("CHAPAR/" + use + ".cert.pem"));
    }

    private static X509Certificate signer(byte[] payload, String detached) throws Exception {
        return new JsonSignatures(none -> Optional.empty())
                .verify(payload, detached)
                .signer();
    }

    byte[] opened(Message message) throws Exception {
        Path own = gateway.certificates().resolve("MH");
        return new DecryptionKey(
                        PemFiles.privateKey(own.resolve("encrypt.key.pem")),
                        PemFiles.certificate(own.resolve("encrypt.cert.pem")))
                .open(Desk.body(message))
                .content();
    }
}
