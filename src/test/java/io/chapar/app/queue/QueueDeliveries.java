package io.chapar.app.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.attachments.LargeFile;
import io.chapar.habits.Program;
import io.chapar.message.Digest;
import io.chapar.sandbox.post.Draft;
import io.chapar.trust.HardenedJson;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a party is to receive lies in its queue until it has acknowledged it. */
abstract class QueueDeliveries extends AtQueues {

    private static final Path SCRIPTS = Path.of("src/test/node");

    @Test
    void a_delivery_counts_as_waiting_until_it_is_acknowledged() throws Exception {
        long waiting = row().waiting();
        long delivered = row().delivered();
        Message delivery = told(UUID.randomUUID());
        assertThat(delivery.getStringProperty("kind")).isEqualTo("delivery");
        assertThat(delivery.getStringProperty("sender")).isEqualTo("MH");
        assertThat(delivery.getStringProperty("exchange")).isEqualTo(EXCHANGE);
        assertThat(delivery.getStringProperty("originalDigest")).startsWith("sha-256:");
        assertThat(delivery.getStringProperty("digest"))
                .isEqualTo(Digest.of(Desk.body(delivery)).value());
        assertThat(row().waiting()).isEqualTo(waiting + 1);
        acknowledge(delivery);
        await().atMost(Duration.ofSeconds(30)).until(() -> row().delivered() == delivered + 1);
        assertThat(row().waiting()).isEqualTo(waiting);
        assertThat(gateway.record().equation().holds()).isTrue();
    }

    @Test
    void what_its_reader_rejects_comes_again() throws Exception {
        spr.close();
        mh.write(json(QueueGateway.birth("json", UUID.randomUUID())));
        receipt(mh.read());
        try (jakarta.jms.Connection connection = gateway.connect("SPR");
                Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE)) {
            MessageConsumer reading = session.createConsumer(session.createQueue("out.SPR"));
            Message rejected = Objects.requireNonNull(reading.receive(60_000));
            rejected.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, JmsMessageSupport.REJECTED);
            rejected.acknowledge();
            Message again = Objects.requireNonNull(reading.receive(60_000));
            assertThat(again.getStringProperty("deliveryId")).isEqualTo(rejected.getStringProperty("deliveryId"));
            assertThat(again.getStringProperty("attempt")).isEqualTo("2");
        }
    }

    @Test
    void a_party_that_does_not_read_its_answers_gets_its_deliveries_all_the_same() throws Exception {
        for (int i = 0; i < QueueGateway.WINDOW; i++) {
            spr.write(spr.with(spr.bytes(new byte[] {'{'}), "kind", "anything"));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.toRead("SPR") == QueueGateway.WINDOW);
        mh.write(json(QueueGateway.birth("json", UUID.randomUUID())));
        receipt(mh.read());
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.toRead("SPR") == QueueGateway.WINDOW + 1);
    }

    @Test
    void of_a_party_that_reads_no_answers_nothing_is_taken_any_more_but_acknowledgements() throws Exception {
        long delivered = row().delivered();
        Message delivery = told(UUID.randomUUID());
        spr.close();
        spr = new Desk(gateway, "SPR", "kind = 'delivery'");
        int written = QueueGateway.ANSWERS + 5;
        for (int i = 0; i < written; i++) {
            spr.write(spr.with(spr.bytes(new byte[] {'{'}), "kind", "anything"));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.toRead("SPR") >= QueueGateway.ANSWERS);
        acknowledge(delivery);
        await().atMost(Duration.ofSeconds(30)).until(() -> row().delivered() == delivered + 1);
        // The delivery may have come once more into the queue before it was acknowledged.
        assertThat(gateway.written("SPR")).isBetween(5L, 6L);
        spr.close();
        spr = new Desk(gateway, "SPR", "kind = 'problem'");
        for (int i = 0; i < written; i++) {
            assertThat(problem(spr.read()).at("/code").asText()).isEqualTo("rule");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.written("SPR") == 0);
    }

    @Test
    void taken_and_not_acknowledged_it_comes_again_with_the_same_id() throws Exception {
        UUID messageId = UUID.randomUUID();
        Message delivery = told(messageId);
        Message again = delivered(messageId);
        assertThat(again.getStringProperty("deliveryId")).isEqualTo(delivery.getStringProperty("deliveryId"));
        assertThat(again.getStringProperty("attempt")).isEqualTo("2");
        acknowledge(again);
        assertNothingIsDeliveredOf(messageId, 6_000);
    }

    @Test
    void lying_in_its_queue_it_is_not_put_there_twice() throws Exception {
        spr.close();
        UUID messageId = UUID.randomUUID();
        mh.write(json(QueueGateway.birth("json", messageId)));
        receipt(mh.read());
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofMinutes(1)).until(() -> gateway.toRead("SPR") == 1);
        spr = new Desk(gateway, "SPR");
        Message delivery = spr.read();
        assertThat(delivery.getStringProperty("attempt")).isEqualTo("1");
        acknowledge(delivery);
        assertNothingIsDeliveredOf(messageId, 1_000);
    }

    @Test
    void refused_when_the_acknowledgement_names_another_digest() throws Exception {
        long delivered = row().delivered();
        Message delivery = told(UUID.randomUUID());
        String said = says(acknowledgement(delivery, Digest.of(new byte[] {1}).value()));
        Message answer = spr.read();
        assertThat(problem(answer).at("/code").asText()).isEqualTo("rule");
        assertThat(answer.getJMSCorrelationID()).isEqualTo(said);
        assertThat(row().delivered()).isEqualTo(delivered);
        acknowledge(delivery);
    }

    @Test
    void refused_when_the_acknowledgement_is_not_signed() throws Exception {
        Message delivery = told(UUID.randomUUID());
        byte[] object =
                acknowledgement(delivery, delivery.getStringProperty("digest")).getBytes(StandardCharsets.UTF_8);
        spr.write(spr.with(spr.text(object), "kind", "acknowledgement"));
        assertThat(problem(spr.read()).at("/code").asText()).isEqualTo("signature-missing");
        acknowledge(delivery);
    }

    @Test
    void refused_when_it_acknowledges_anothers_delivery() throws Exception {
        Message delivery = told(UUID.randomUUID());
        byte[] object =
                acknowledgement(delivery, delivery.getStringProperty("digest")).getBytes(StandardCharsets.UTF_8);
        mh.write(mh.with(
                mh.bytes(object),
                "kind",
                "acknowledgement",
                "jwsSignature",
                gateway.keys("MH").signer().detachedJws(object)));
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo("unknown-message");
        acknowledge(delivery);
    }

    @Test
    void a_delivery_that_its_receiver_will_not_have_is_parked() throws Exception {
        long parked = row().parked();
        UUID messageId = UUID.randomUUID();
        Message delivery = told(messageId);
        says("{\"deliveryId\":\"" + delivery.getStringProperty("deliveryId")
                + "\",\"code\":\"not-ours\",\"text\":\"no\"}");
        await().atMost(Duration.ofSeconds(30)).until(() -> row().parked() == parked + 1);
        assertNothingIsDeliveredOf(messageId, 5_000);
    }

    @Test
    void refused_when_it_is_acknowledged_after_its_receiver_would_not_have_it() throws Exception {
        long parked = row().parked();
        Message delivery = told(UUID.randomUUID());
        byte[] refusal = "{\"code\":\"not-ours\",\"text\":\"no\"}".getBytes(StandardCharsets.UTF_8);
        spr.write(spr.with(saying(refusal, refusal), "deliveryId", delivery.getStringProperty("deliveryId")));
        await().atMost(Duration.ofSeconds(30)).until(() -> row().parked() == parked + 1);
        says(acknowledgement(delivery, delivery.getStringProperty("digest")));
        assertThat(problem(spr.read()).at("/code").asText()).isEqualTo("rule");
    }

    @Test
    void refused_when_the_delivery_beside_the_content_is_not_the_one_within() throws Exception {
        Message delivery = told(UUID.randomUUID());
        byte[] object =
                acknowledgement(delivery, delivery.getStringProperty("digest")).getBytes(StandardCharsets.UTF_8);
        spr.write(
                spr.with(saying(object, object), "deliveryId", UUID.randomUUID().toString()));
        assertThat(problem(spr.read()).at("/violations/0/pointer").asText()).isEqualTo("/deliveryId");
        acknowledge(delivery);
    }

    @Test
    void nodes_rhea_sends_and_is_given_a_receipt_takes_and_acknowledges() throws Exception {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/rhea"), "npm ci --prefix " + SCRIPTS);
        long delivered = row().delivered();
        mh.close();
        spr.close();
        UUID messageId = UUID.randomUUID();
        Path document = Files.write(
                gateway.data().resolve("birth-" + messageId + ".json"), QueueGateway.birth("json", messageId));

        JsonNode answer = JSON.readTree(node("send", "MH", EXCHANGE, document.toString()));
        assertThat(answer.at("/kind").asText()).isEqualTo("receipt");
        assertThat(answer.at("/contentType").asText()).isEqualTo("application/jose");
        JsonNode delivery = JSON.readTree(node("take", "SPR"));
        assertThat(delivery.at("/kind").asText()).isEqualTo("delivery");
        assertThat(delivery.at("/messageId").asText()).isEqualTo(messageId.toString());
        assertThat(delivery.at("/contentType").asText()).isEqualTo("application/json");

        await().atMost(Duration.ofSeconds(30)).until(() -> row().delivered() == delivered + 1);
        connect();
    }

    /** So large that it lies in a file of the broker, both ways. */
    @Test
    void nodes_rhea_sends_a_file_and_takes_one() throws Exception {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/rhea"), "npm ci --prefix " + SCRIPTS);
        byte[] file = LargeFile.bytes(300_000, 1);
        Draft draft = LargeFile.draft(LargeFile.REFERRAL, Digest.of(file), file);
        Path document =
                Files.write(gateway.data().resolve(draft.messageId() + ".json"), HardenedJson.write(draft.content()));
        Path attachment = Files.write(gateway.data().resolve(draft.messageId() + ".pdf"), file);

        JsonNode answer = JSON.readTree(
                node("send", "SBS", draft.exchange().exchange(), document.toString(), attachment.toString()));
        assertThat(answer.at("/kind").asText()).as(answer.toString()).isEqualTo("receipt");
        JsonNode delivery = JSON.readTree(node("take", "SMS"));
        assertThat(delivery.at("/messageId").asText())
                .isEqualTo(draft.messageId().toString());
        assertThat(delivery.at("/attachment/size").asInt()).isEqualTo(file.length);
        assertThat(delivery.at("/attachment/digest").asText())
                .isEqualTo(Digest.of(file).value());
    }

    private String node(String what, String party, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node",
                SCRIPTS.resolve("queue.mjs").toString(),
                what,
                gateway.certificates().resolve(party).toString(),
                Integer.toString(gateway.port())));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void after_a_restart_with_an_empty_journal_deliveries_are_put_again() throws Exception {
        Set<String> told = new HashSet<>();
        spr.close();
        for (int i = 0; i < 3; i++) {
            UUID messageId = UUID.randomUUID();
            mh.write(json(QueueGateway.birth("json", messageId)));
            receipt(mh.read());
            told.add(messageId.toString());
        }
        mh.close();
        gateway.stop();
        Files.move(gateway.data().resolve("broker"), gateway.data().resolve("broker-" + UUID.randomUUID()));
        gateway.startAgain();
        mh = new Desk(gateway, "MH");
        spr = new Desk(gateway, "SPR");
        while (!told.isEmpty()) {
            Message delivery = spr.read();
            told.remove(delivery.getStringProperty("messageId"));
            acknowledge(delivery);
        }
        assertThat(gateway.record().equation().misfits()).isEmpty();
    }
}
