package io.chapar.app.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.habits.Program;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.JsonEncryption;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.PemFiles;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway, real TLS, Qpid JMS, and Node's JOSE: MH and SPR at queues in which nothing lies in clear. */
class EncryptedQueuesTest extends AtQueues {

    private static final Path SCRIPTS = Path.of("src/test/node");

    /** A name in each birth that is told here. */
    private static final String SOMEBODY = "Petrova";

    private record Told(String messageId, Message delivery) {}

    @Override
    QueueGateway open(Path folder) throws IOException {
        return new QueueGateway(
                folder, List.of("--chapar.parties.MH.clear-queues=jwe", "--chapar.parties.SPR.clear-queues=jwe"));
    }

    @Test
    void a_message_that_is_written_encrypted_is_answered_with_an_encrypted_receipt() throws Exception {
        UUID messageId = UUID.randomUUID();
        String written = mh.write(message(sealed(QueueGateway.birth("json", messageId)), signature(messageId)));

        Message answer = mh.read();
        assertThat(answer.getJMSCorrelationID()).isEqualTo(written);
        assertThat(answer.getStringProperty("kind")).isEqualTo("receipt");
        assertThat(contentType(answer)).isEqualTo("application/jose");
        String[] jws = new String(opened("MH", answer), StandardCharsets.US_ASCII).split("\\.");
        assertThat(jws).hasSize(3);
        assertThat(JSON.readTree(Base64.getUrlDecoder().decode(jws[1]))
                        .at("/messageId")
                        .asText())
                .isEqualTo(messageId.toString());
    }

    @Test
    void a_message_in_xml_is_signed_within_and_encrypted_around() throws Exception {
        byte[] signed = gateway.keys("MH").signer().xml(QueueGateway.birth("xml", UUID.randomUUID()));
        byte[] sealed = JsonEncryption.encrypt(signed, "application/xml", PemFiles.certificate(gatewayCertificate()));
        mh.write(message(sealed, null));

        Message answer = mh.read();
        assertThat(answer.getStringProperty("kind")).isEqualTo("receipt");
        assertThat(new String(opened("MH", answer), StandardCharsets.UTF_8)).startsWith("<");
    }

    @Test
    void in_a_partys_queue_and_on_the_brokers_disk_nothing_of_a_delivery_lies_in_clear() throws Exception {
        spr.close();
        UUID messageId = UUID.randomUUID();
        // Another test writes the usual one in clear, and is refused: of that the disk knows.
        String anotherName = "Namsiz" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        byte[] clear = new String(QueueGateway.birth("json", messageId), StandardCharsets.UTF_8)
                .replace(SOMEBODY, anotherName)
                .getBytes(StandardCharsets.UTF_8);
        byte[] sealed = sealed(clear);
        mh.write(message(sealed, gateway.keys("MH").signer().detachedJws(clear)));
        opened("MH", mh.read());
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.toRead("SPR") > 0);

        assertThat(onTheBrokersDisk(new String(sealed, ISO_8859_1).substring(0, 60)))
                .isTrue();
        assertThat(onTheBrokersDisk(anotherName)).isFalse();
        spr = new Desk(gateway, "SPR");
        Message delivery = deliveryOf(messageId);
        assertThat(new String(Desk.body(delivery), ISO_8859_1)).doesNotContain(anotherName, "{", "<");
        assertThat(DecryptionKey.isForm(Desk.body(delivery))).isTrue();
        assertThat(contentType(delivery)).isEqualTo("application/jose");
        assertThat(new String(opened("SPR", delivery), StandardCharsets.UTF_8)).contains(anotherName);
    }

    @Test
    void nodes_jose_opens_a_delivery_and_what_it_encrypts_is_taken() throws Exception {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/jose"), "npm ci --prefix " + SCRIPTS);
        UUID messageId = UUID.randomUUID();
        byte[] clear = QueueGateway.birth("json", messageId);
        byte[] sealed = node(clear, "encrypt", gatewayCertificate().toString(), "application/json");
        mh.write(message(sealed, signature(messageId)));
        Message delivery = deliveryOf(messageId);

        JsonNode opened = JSON.readTree(node(
                Desk.body(delivery),
                "decrypt",
                gateway.certificates().resolve("SPR/encrypt.key.pem").toString()));
        assertThat(opened.at("/header/cty").asText()).isEqualTo("application/json");
        assertThat(opened.at("/header/alg").asText()).isEqualTo("ECDH-ES+A256KW");
        assertThat(opened.at("/header/enc").asText()).isEqualTo("A256GCM");
        byte[] body = opened.at("/body").asText().getBytes(StandardCharsets.UTF_8);
        assertThat(new String(body, StandardCharsets.UTF_8)).contains(SOMEBODY);
        assertThat(new JsonSignatures(none -> Optional.empty())
                        .verify(body, delivery.getStringProperty("jwsSignature"))
                        .signer())
                .isEqualTo(gateway.keys("CHAPAR").signingCertificate());
        acknowledge(delivery);
    }

    @Test
    void an_encrypted_acknowledgement_ends_its_delivery() throws Exception {
        long delivered = row().delivered();
        acknowledge(told().delivery());
        await().atMost(Duration.ofSeconds(30)).until(() -> row().delivered() == delivered + 1);
    }

    @Test
    void refused_when_it_is_written_in_clear() throws Exception {
        UUID messageId = UUID.randomUUID();
        mh.write(message(QueueGateway.birth("json", messageId), signature(messageId)));
        JsonNode problem = problem("MH", mh.read());
        assertThat(problem.at("/code").asText()).isEqualTo("not-encrypted");
        assertThat(problem.at("/status").asInt()).isEqualTo(400);
        assertNothingIsDeliveredOf(messageId, 1_000);
    }

    @Test
    void refused_when_it_is_signed_in_place_of_being_encrypted() throws Exception {
        byte[] document = QueueGateway.birth("json", UUID.randomUUID());
        byte[] jws = gateway.keys("MH").signer().compactJws("x", document).getBytes(StandardCharsets.US_ASCII);
        mh.write(message(jws, null));
        assertThat(problem("MH", mh.read()).at("/code").asText()).isEqualTo("not-encrypted");
    }

    @Test
    void refused_when_it_is_encrypted_to_anybody_but_the_gateway() throws Exception {
        UUID messageId = UUID.randomUUID();
        for (String other : List.of("MH", "SPR")) {
            byte[] sealed = JsonEncryption.encrypt(
                    QueueGateway.birth("json", messageId),
                    "application/json",
                    PemFiles.certificate(gateway.certificates().resolve(other + "/encrypt.cert.pem")));
            mh.write(message(sealed, signature(messageId)));
            JsonNode problem = problem("MH", mh.read());
            assertThat(problem.at("/code").asText()).isEqualTo("not-encrypted");
            assertThat(problem.at("/detail").asText()).contains("another key, or was altered");
        }
        assertNothingIsDeliveredOf(messageId, 1_000);
    }

    @Test
    void refused_when_it_was_altered_on_its_way() throws Exception {
        UUID messageId = UUID.randomUUID();
        byte[] sealed = sealed(QueueGateway.birth("json", messageId));
        int last = sealed.length - 5;
        sealed[last] = (byte) (sealed[last] == 'A' ? 'B' : 'A');
        mh.write(message(sealed, signature(messageId)));
        JsonNode problem = problem("MH", mh.read());
        assertThat(problem.at("/code").asText()).isEqualTo("not-encrypted");
        assertThat(problem.at("/detail").asText()).contains("another key, or was altered");
    }

    @Test
    void refused_when_the_signature_is_over_the_ciphertext() throws Exception {
        byte[] sealed = sealed(QueueGateway.birth("json", UUID.randomUUID()));
        mh.write(message(sealed, gateway.keys("MH").signer().detachedJws(sealed)));
        assertThat(problem("MH", mh.read()).at("/code").asText()).isEqualTo("signature-invalid");
    }

    @Test
    void refused_when_what_is_encrypted_is_not_signed() throws Exception {
        mh.write(message(sealed(QueueGateway.birth("json", UUID.randomUUID())), null));
        assertThat(problem("MH", mh.read()).at("/code").asText()).isEqualTo("signature-missing");
    }

    @Test
    void refused_when_it_is_encrypted_twice() throws Exception {
        UUID messageId = UUID.randomUUID();
        mh.write(message(sealed(sealed(QueueGateway.birth("json", messageId))), signature(messageId)));
        assertThat(problem("MH", mh.read()).at("/status").asInt()).isBetween(400, 499);
        assertNothingIsDeliveredOf(messageId, 1_000);
    }

    @Test
    void refused_when_an_acknowledgement_is_written_in_clear() throws Exception {
        Told told = told();
        long delivered = row().delivered();
        byte[] clear = acknowledgement(told.delivery(), told.delivery().getStringProperty("digest"))
                .getBytes(StandardCharsets.UTF_8);
        spr.write(saying(clear, clear));
        Message answer = spr.read();
        while (!"problem".equals(answer.getStringProperty("kind"))) {
            answer = spr.read();
        }
        assertThat(problem("SPR", answer).at("/code").asText()).isEqualTo("not-encrypted");
        assertThat(row().delivered()).isEqualTo(delivered);
        acknowledge(told.delivery());
    }

    private Told told() throws Exception {
        UUID messageId = UUID.randomUUID();
        mh.write(message(sealed(QueueGateway.birth("json", messageId)), signature(messageId)));
        assertThat(mh.read().getStringProperty("kind")).isEqualTo("receipt");
        return new Told(messageId.toString(), deliveryOf(messageId));
    }

    private Message deliveryOf(UUID messageId) throws JMSException {
        Message delivery = spr.read();
        while (!messageId.toString().equals(delivery.getStringProperty("messageId"))) {
            delivery = spr.read();
        }
        return delivery;
    }

    private Message message(byte[] body, @Nullable String signature) throws JMSException {
        Message message = mh.with(mh.bytes(body), "exchange", EXCHANGE, "kind", "message");
        return signature == null ? message : mh.with(message, "jwsSignature", signature);
    }

    private String signature(UUID messageId) throws IOException {
        return gateway.keys("MH").signer().detachedJws(QueueGateway.birth("json", messageId));
    }

    private Path gatewayCertificate() {
        return gateway.certificates().resolve("CHAPAR/encrypt.cert.pem");
    }

    private byte[] sealed(byte[] content) throws IOException {
        return JsonEncryption.encrypt(content, "application/json", PemFiles.certificate(gatewayCertificate()));
    }

    private byte[] opened(String party, Message message) throws Exception {
        Path own = gateway.certificates().resolve(party);
        return new DecryptionKey(
                        PemFiles.privateKey(own.resolve("encrypt.key.pem")),
                        PemFiles.certificate(own.resolve("encrypt.cert.pem")))
                .open(Desk.body(message))
                .content();
    }

    private JsonNode problem(String party, Message answer) throws Exception {
        return problem(answer, opened(party, answer));
    }

    private static String contentType(Message message) {
        return ((AmqpJmsMessageFacade) ((JmsMessage) message).getFacade())
                .getContentType()
                .toString();
    }

    @Override
    String says(String object) throws JMSException {
        byte[] clear = object.getBytes(StandardCharsets.UTF_8);
        try {
            return spr.write(saying(clear, sealed(clear)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean onTheBrokersDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(gateway.data().resolve("broker"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] node(byte[] input, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("node", SCRIPTS.resolve("jwe.mjs").toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write(input);
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return said;
    }
}
