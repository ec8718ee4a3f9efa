package io.chapar.app.queue;

import io.chapar.trust.DecryptionKey;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonEncryption;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.PemFiles;
import io.chapar.trust.SignedXml;
import io.chapar.trust.TestCertificates;
import io.chapar.trust.TestToken;
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
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway of which no private key lies in a file: all of them are in a token of SoftHSM. */
@ResourceLock("softhsm")
class KeysInTokenTest extends AtQueues {

    private static final List<String> KEYS = List.of("sign", "encrypt", "tls");

    private final TestToken token = TestToken.needed();
    private Path pin = Path.of("");

    @Override
    QueueGateway open(Path folder) throws IOException {
        Path certificates = folder.resolve("certificates");
        Path own = certificates.resolve("CHAPAR");
        TestCertificates.in(certificates);
        for (String key : KEYS) {
            token.put(
                    "gateway-" + key,
                    PemFiles.privateKey(own.resolve(key + ".key.pem")),
                    PemFiles.certificate(own.resolve(key + ".cert.pem")));
            Files.delete(own.resolve(key + ".key.pem"));
            Files.deleteIfExists(own.resolve(key + ".p12"));
        }
        token.putSecret("gateway-seal");
        pin = TestToken.pinFile(folder);
        return new QueueGateway(
                folder,
                List.of(
                        "--chapar.parties.MH.clear-queues=jwe",
                        "--chapar.token.library=" + token.module(),
                        "--chapar.token.slot=" + token.slot(),
                        "--chapar.token.pin-file=" + pin,
                        "--chapar.trust.signing-key=pkcs11:object=gateway-sign",
                        "--chapar.trust.encryption-key=pkcs11:object=gateway-encrypt",
                        "--chapar.trust.tls-key=pkcs11:object=gateway-tls",
                        "--chapar.keys.sealing-key=pkcs11:object=gateway-seal"));
    }

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

    @Test
    void nothing_is_accepted_and_nothing_lost_while_the_token_is_away() throws Exception {
        UUID byRest = UUID.randomUUID();
        UUID byQueue = UUID.randomUUID();
        Path elsewhere = pin.resolveSibling("elsewhere");
        Files.move(pin, elsewhere);
        token.forgetLogins();
        try {
            assertThat(gateway.signs()).isFalse();
            writeEncrypted(byQueue);
            assertThat(mh.readWithin(1_000)).isNull();
        } finally {
            Files.move(elsewhere, pin);
        }

        await().atMost(Duration.ofSeconds(30)).until(gateway::signs);
        assertThat(post(byRest, "application/xml").statusCode()).isEqualTo(202);
        assertThat(opened(mh.read())).isNotEmpty();
        acknowledge(delivered(byQueue));
    }

    @Test
    void refused_as_not_durable_over_a_connection_that_was_there_before_the_token_went() throws Exception {
        HttpClient before = client();
        assertThat(post(before, UUID.randomUUID(), "application/json").statusCode())
                .isEqualTo(202);
        Path elsewhere = pin.resolveSibling("elsewhere");
        Files.move(pin, elsewhere);
        token.forgetLogins();
        UUID messageId = UUID.randomUUID();
        try {
            HttpResponse<String> refused = post(before, messageId, "application/json");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"not-durable\"", "signing key");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.headers().firstValue("X-JWS-Signature")).isEmpty();
        } finally {
            Files.move(elsewhere, pin);
        }
        await().atMost(Duration.ofSeconds(30)).until(gateway::signs);
        assertThat(post(before, messageId, "application/json").statusCode()).isEqualTo(202);
        acknowledge(delivered(messageId));
    }

    @Test
    void the_password_of_the_key_files_lies_nowhere_in_clear() {
        assertThat(gateway.data().resolve("keys/ledger.p12")).exists();
        assertThat(gateway.data().resolve("keys/password")).doesNotExist();
        assertThat(gateway.data().resolve("keys/password.sealed")).exists();
    }

    private void writeEncrypted(UUID messageId) throws Exception {
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

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(gateway.keys("MH").client())
                .build();
    }

    private HttpResponse<String> post(UUID messageId, String contentType) throws Exception {
        return post(client(), messageId, contentType);
    }

    private HttpResponse<String> post(HttpClient client, UUID messageId, String contentType) throws Exception {
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

    private byte[] opened(Message message) throws Exception {
        Path own = gateway.certificates().resolve("MH");
        return new DecryptionKey(
                        PemFiles.privateKey(own.resolve("encrypt.key.pem")),
                        PemFiles.certificate(own.resolve("encrypt.cert.pem")))
                .open(Desk.body(message))
                .content();
    }
}
