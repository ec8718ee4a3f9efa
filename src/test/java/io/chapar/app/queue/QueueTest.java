package io.chapar.app.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.habits.Program;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.record.Equation;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.XmlSignatures;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Messages in and deliveries out over AMQP: a whole gateway, real TLS, and Qpid JMS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class QueueTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final String EXCHANGE = "birth-notification";

    private QueueGateway gateway;
    private Desk mh;
    private Desk spr;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = new QueueGateway(folder);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void connect() throws JMSException {
        mh = new Desk(gateway, "MH");
        spr = new Desk(gateway, "SPR");
    }

    /** What a test leaves in the queues is no other test's. */
    @AfterEach
    void disconnect() throws Exception {
        mh.close();
        spr.close();
        try (Desk left = new Desk(gateway, "MH")) {
            while (left.readWithin(200) != null) {
                assertThat(left).isNotNull();
            }
        }
        spr = new Desk(gateway, "SPR");
        for (Message left = spr.readWithin(300); left != null; left = spr.readWithin(300)) {
            if ("delivery".equals(left.getStringProperty("kind"))) {
                acknowledge(left);
            }
        }
        spr.close();
    }

    private Message json(byte[] document) throws JMSException {
        return mh.with(
                mh.bytes(document),
                "exchange",
                EXCHANGE,
                "kind",
                "message",
                "jwsSignature",
                gateway.keys("MH").signer().detachedJws(document));
    }

    private Message xml(byte[] document) throws JMSException {
        return mh.with(mh.text(gateway.keys("MH").signer().xml(document)), "exchange", EXCHANGE);
    }

    private JsonNode receipt(Message answer) throws Exception {
        assertThat(answer.getStringProperty("kind")).as(said(answer)).isEqualTo("receipt");
        String[] jws = new String(Desk.body(answer), StandardCharsets.US_ASCII).split("\\.");
        return JSON.readTree(Base64.getUrlDecoder().decode(jws[1]));
    }

    private JsonNode problem(Message answer) throws Exception {
        assertThat(answer.getStringProperty("kind")).as(said(answer)).isEqualTo("problem");
        byte[] body = Desk.body(answer);
        assertThat(new JsonSignatures(none -> Optional.empty())
                        .verify(body, answer.getStringProperty("jwsSignature"))
                        .signer())
                .isEqualTo(gateway.keys("CHAPAR").signingCertificate());
        return JSON.readTree(body);
    }

    private static String said(Message answer) throws JMSException {
        return new String(Desk.body(answer), StandardCharsets.UTF_8);
    }

    private Message told(UUID messageId) throws Exception {
        mh.write(json(QueueGateway.birth("json", messageId)));
        assertThat(receipt(mh.read()).at("/messageId").asText()).isEqualTo(messageId.toString());
        Message delivery = spr.read();
        assertThat(delivery.getStringProperty("messageId")).isEqualTo(messageId.toString());
        return delivery;
    }

    private static String acknowledgement(Message delivery, String digest) throws JMSException {
        return "{\"deliveryId\":\"" + delivery.getStringProperty("deliveryId") + "\",\"digest\":\"" + digest
                + "\",\"at\":\"2026-11-23T12:00:00+04:00\"}";
    }

    private String acknowledge(Message delivery) throws JMSException {
        return says(acknowledgement(delivery, delivery.getStringProperty("digest")));
    }

    private String says(String object) throws JMSException {
        byte[] body = object.getBytes(StandardCharsets.UTF_8);
        return spr.write(spr.with(
                spr.bytes(body),
                "kind",
                "acknowledgement",
                "jwsSignature",
                gateway.keys("SPR").signer().detachedJws(body)));
    }

    /** The tests run in any order: before the first delivery the equation has no row. */
    private Equation.Row row() {
        return gateway.record().equation().rows().stream()
                .filter(each -> each.receiver().value().equals("SPR"))
                .findFirst()
                .orElse(new Equation.Row(new PartyCode("SPR"), 0, 0, 0, 0, 0));
    }

    @Test
    void a_message_in_json_is_answered_with_a_receipt_that_names_it() throws Exception {
        UUID messageId = UUID.randomUUID();
        byte[] document = QueueGateway.birth("json", messageId);
        String written = mh.write(json(document));
        Message answer = mh.read();
        JsonNode receipt = receipt(answer);
        assertThat(answer.getJMSCorrelationID()).isEqualTo(written);
        assertThat(receipt.at("/messageId").asText()).isEqualTo(messageId.toString());
        assertThat(receipt.at("/sender").asText()).isEqualTo("MH");
        assertThat(receipt.at("/contentDigest").asText())
                .isEqualTo(Digest.of(document).value());
    }

    @Test
    void a_message_in_xml_is_answered_with_a_signed_receipt_in_xml() throws Exception {
        UUID messageId = UUID.randomUUID();
        mh.write(xml(QueueGateway.birth("xml", messageId)));
        Message answer = mh.read();
        assertThat(answer.getStringProperty("kind")).as(said(answer)).isEqualTo("receipt");
        assertThat(new XmlSignatures()
                        .verify(HardenedXml.parse(Desk.body(answer)))
                        .signer())
                .isEqualTo(gateway.keys("CHAPAR").signingCertificate());
        assertThat(said(answer)).contains(messageId.toString());
    }

    @Test
    void a_repeat_is_answered_with_the_same_receipt_and_delivered_once() throws Exception {
        UUID messageId = UUID.randomUUID();
        byte[] document = QueueGateway.birth("json", messageId);
        mh.write(json(document));
        mh.write(json(document));
        Message first = mh.read();
        Message second = mh.read();
        assertThat(receipt(first).at("/messageId").asText()).isEqualTo(messageId.toString());
        assertThat(Desk.body(second)).isEqualTo(Desk.body(first));
        acknowledge(spr.read());
        assertThat(spr.readWithin(1_000)).isNull();
    }

    @Test
    void refused_when_the_id_was_used_for_another_content() throws Exception {
        UUID messageId = UUID.randomUUID();
        byte[] document = QueueGateway.birth("json", messageId);
        mh.write(json(document));
        receipt(mh.read());
        byte[] other = new String(document, StandardCharsets.UTF_8)
                .replace("Petrova", "Ivanova")
                .getBytes(StandardCharsets.UTF_8);
        String written = mh.write(json(other));
        Message answer = mh.read();
        assertThat(problem(answer).at("/code").asText()).isEqualTo("id-reused");
        assertThat(answer.getJMSCorrelationID()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "exchange, no-such, unknown-exchange",
        "exchange, identification-number-assigned, exchange-mismatch",
        "kind, delivery, rule",
        "kind, anything, rule",
        "jwsSignature, nonsense, signature-invalid",
        "contentType, text/plain, media-type"
    })
    void refused_when_a_property_is_wrong(String property, String value, String code) throws Exception {
        Message message = json(QueueGateway.birth("json", UUID.randomUUID()));
        mh.write(mh.with(message, property, value));
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo(code);
    }

    @Test
    void refused_when_another_party_signed_it() throws Exception {
        byte[] document = QueueGateway.birth("json", UUID.randomUUID());
        mh.write(mh.with(
                json(document), "jwsSignature", gateway.keys("SPR").signer().detachedJws(document)));
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo("signer-mismatch");
    }

    @Test
    void refused_when_another_party_writes_what_this_one_signed() throws Exception {
        byte[] document = QueueGateway.birth("json", UUID.randomUUID());
        Message stolen = json(document);
        spr.write(stolen);
        assertThat(problem(spr.read()).at("/code").asText()).isEqualTo("signer-mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.SPR", "in.MH", "somewhere"})
    void refused_when_the_answer_should_go_to_another_queue(String queue) throws Exception {
        mh.write(mh.replyingTo(json(QueueGateway.birth("json", UUID.randomUUID())), queue));
        JsonNode problem = problem(mh.read());
        assertThat(problem.at("/code").asText()).isEqualTo("rule");
        assertThat(problem.at("/violations/0/pointer").asText()).isEqualTo("/reply-to");
    }

    @Test
    void the_answer_may_be_asked_into_the_partys_own_queue() throws Exception {
        mh.write(mh.replyingTo(json(QueueGateway.birth("json", UUID.randomUUID())), "out.MH"));
        receipt(mh.read());
    }

    @ParameterizedTest
    @ValueSource(ints = {210_000, 2_000_000})
    void refused_when_it_is_too_large(int size) throws Exception {
        byte[] large = new byte[size];
        large[0] = '{';
        try {
            mh.write(mh.with(mh.bytes(large), "exchange", EXCHANGE));
        } catch (JMSException notKept) {
            assertThat(notKept).hasMessageContaining("too-large");
        }
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo("too-large");
    }

    @Test
    void refused_when_it_has_no_body() throws Exception {
        mh.write(mh.with(mh.bytes(new byte[0]), "exchange", EXCHANGE));
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo("malformed");
    }

    @Test
    void a_question_whose_provider_is_away_is_told_so_and_not_kept() throws Exception {
        byte[] question = Files.readString(Path.of("schemas/person-lookup/1.0/samples/minimal.json"))
                .replace(
                        "1e9d3c75-b08a-4f26-95c4-7a2b8d6e0f01",
                        UUID.randomUUID().toString())
                .getBytes(StandardCharsets.UTF_8);
        try (Desk sms = new Desk(gateway, "SMS")) {
            sms.write(sms.with(
                    sms.bytes(question),
                    "exchange",
                    "person-lookup",
                    "jwsSignature",
                    gateway.keys("SMS").signer().detachedJws(question)));
            assertThat(problem(sms.read()).at("/code").asText()).isEqualTo("provider-unavailable");
        }
    }

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
        Message delivery = told(UUID.randomUUID());
        Message again = spr.read();
        assertThat(again.getStringProperty("deliveryId")).isEqualTo(delivery.getStringProperty("deliveryId"));
        assertThat(again.getStringProperty("attempt")).isEqualTo("2");
        acknowledge(again);
        assertThat(spr.readWithin(6_000)).isNull();
    }

    @Test
    void lying_in_its_queue_it_is_not_put_there_twice() throws Exception {
        spr.close();
        mh.write(json(QueueGateway.birth("json", UUID.randomUUID())));
        receipt(mh.read());
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofMinutes(1)).until(() -> gateway.toRead("SPR") == 1);
        spr = new Desk(gateway, "SPR");
        Message delivery = spr.read();
        assertThat(delivery.getStringProperty("attempt")).isEqualTo("1");
        acknowledge(delivery);
        assertThat(spr.readWithin(1_000)).isNull();
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
        Message delivery = told(UUID.randomUUID());
        says("{\"deliveryId\":\"" + delivery.getStringProperty("deliveryId")
                + "\",\"code\":\"not-ours\",\"text\":\"no\"}");
        await().atMost(Duration.ofSeconds(30)).until(() -> row().parked() == parked + 1);
        assertThat(spr.readWithin(5_000)).isNull();
    }

    @Test
    void while_the_database_is_away_messages_stay_in_the_queue_in_order() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + gateway.data().resolve("chapar.db"));
                Statement statement = other.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin exclusive");
            mh.write(json(QueueGateway.birth("json", first)));
            mh.write(json(QueueGateway.birth("json", second)));
            assertThat(mh.readWithin(3_000)).isNull();
            statement.execute("rollback");
        }
        assertThat(receipt(mh.read()).at("/messageId").asText()).isEqualTo(first.toString());
        assertThat(receipt(mh.read()).at("/messageId").asText()).isEqualTo(second.toString());
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
