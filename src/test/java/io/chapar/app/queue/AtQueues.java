package io.chapar.app.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.message.PartyCode;
import io.chapar.record.Equation;
import io.chapar.trust.JsonSignatures;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole gateway, real TLS, and Qpid JMS: MH and SPR at their queues. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
abstract class AtQueues {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String EXCHANGE = "birth-notification";

    QueueGateway gateway;
    Desk mh;
    Desk spr;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = open(folder);
    }

    QueueGateway open(Path folder) throws IOException {
        return new QueueGateway(folder);
    }

    @AfterAll
    void stop() {
        leave(gateway);
    }

    void leave(QueueGateway done) {
        done.close();
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

    Message json(byte[] document) throws JMSException {
        return mh.with(
                mh.bytes(document),
                "exchange",
                EXCHANGE,
                "kind",
                "message",
                "jwsSignature",
                gateway.keys("MH").signer().detachedJws(document));
    }

    Message xml(byte[] document) throws JMSException {
        return mh.with(mh.text(gateway.keys("MH").signer().xml(document)), "exchange", EXCHANGE);
    }

    JsonNode receipt(Message answer) throws Exception {
        assertThat(answer.getStringProperty("kind")).as(said(answer)).isEqualTo("receipt");
        String[] jws = new String(Desk.body(answer), StandardCharsets.US_ASCII).split("\\.");
        return JSON.readTree(Base64.getUrlDecoder().decode(jws[1]));
    }

    JsonNode problem(Message answer) throws Exception {
        return problem(answer, Desk.body(answer));
    }

    /** @param body as its reader sees it */
    JsonNode problem(Message answer, byte[] body) throws Exception {
        assertThat(answer.getStringProperty("kind")).as(said(answer)).isEqualTo("problem");
        assertThat(new JsonSignatures(none -> Optional.empty())
                        .verify(body, answer.getStringProperty("jwsSignature"))
                        .signer())
                .isEqualTo(gateway.keys("CHAPAR").signingCertificate());
        return JSON.readTree(body);
    }

    static String said(Message answer) throws JMSException {
        return new String(Desk.body(answer), StandardCharsets.UTF_8);
    }

    Message told(UUID messageId) throws Exception {
        mh.write(json(QueueGateway.birth("json", messageId)));
        assertThat(receipt(mh.read()).at("/messageId").asText()).isEqualTo(messageId.toString());
        return delivered(messageId);
    }

    /** What another test told may still come: it is acknowledged on the way. */
    Message delivered(UUID messageId) throws JMSException {
        Message came = spr.read();
        while (!messageId.toString().equals(came.getStringProperty("messageId"))) {
            acknowledge(came);
            came = spr.read();
        }
        return came;
    }

    /** What another test told may still come: its content has another id. */
    void assertNothingIsDeliveredOf(UUID messageId, long milliseconds) throws JMSException {
        for (Message came = spr.readWithin(milliseconds); came != null; came = spr.readWithin(milliseconds)) {
            assertThat(came.getStringProperty("messageId")).isNotEqualTo(messageId.toString());
        }
    }

    static String acknowledgement(Message delivery, String digest) throws JMSException {
        return "{\"deliveryId\":\"" + delivery.getStringProperty("deliveryId") + "\",\"digest\":\"" + digest
                + "\",\"at\":\"2026-11-23T12:00:00+04:00\"}";
    }

    String acknowledge(Message delivery) throws JMSException {
        return says(acknowledgement(delivery, delivery.getStringProperty("digest")));
    }

    String says(String object) throws JMSException {
        byte[] body = object.getBytes(StandardCharsets.UTF_8);
        return spr.write(saying(body, body));
    }

    /** @param clear which is signed */
    Message saying(byte[] clear, byte[] body) throws JMSException {
        return spr.with(
                spr.bytes(body),
                "kind",
                "acknowledgement",
                "jwsSignature",
                gateway.keys("SPR").signer().detachedJws(clear));
    }

    /** The tests run in any order: before the first delivery the equation has no row. */
    Equation.Row row() {
        return gateway.record().equation().rows().stream()
                .filter(each -> each.receiver().value().equals("SPR"))
                .findFirst()
                .orElse(new Equation.Row(new PartyCode("SPR"), 0, 0, 0, 0, 0));
    }
}
