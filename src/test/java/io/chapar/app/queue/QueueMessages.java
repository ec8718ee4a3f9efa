package io.chapar.app.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.message.Digest;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.XmlSignatures;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a party writes to its queue is answered in its other one, as at every other door. */
abstract class QueueMessages extends AtQueues {

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
        acknowledge(delivered(messageId));
        assertNothingIsDeliveredOf(messageId, 1_000);
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
    void refused_when_its_exchange_is_a_word_of_the_partys_own_and_the_word_comes_into_no_event() throws Exception {
        String own = "Petrova";
        mh.write(mh.with(mh.bytes(new byte[] {'{'}), "kind", "anything", "exchange", own));
        assertThat(problem(mh.read()).at("/code").asText()).isEqualTo("rule");
        List<String> events = new ArrayList<>();
        try (Connection look = DriverManager.getConnection(
                        "jdbc:sqlite:" + gateway.data().resolve("chapar.db"));
                Statement select = look.createStatement();
                ResultSet row = select.executeQuery("select bytes from event order by number desc limit 10")) {
            while (row.next()) {
                events.add(new String(row.getBytes(1), StandardCharsets.UTF_8));
            }
        }
        assertThat(events)
                .anyMatch(event -> event.contains("\"refused\"") && event.contains("\"rule\""))
                .noneMatch(event -> event.contains(own));
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
}
