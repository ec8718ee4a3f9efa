package io.chapar.app.broker;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMapMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a party writes is kept, over restarts too, or refused at once in a way that its sender cannot miss. */
class AmqpKeptTest {

    @TempDir
    Path folder;

    private AmqpBroker broker;

    @BeforeEach
    void start() {
        broker = new AmqpBroker(folder);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static void write(Connection connection, String text) throws JMSException {
        try (Session session = connection.createSession()) {
            session.createProducer(session.createQueue("in.MH")).send(session.createTextMessage(text));
        }
    }

    @Test
    void what_a_client_calls_transient_is_there_after_a_restart_with_its_certificate() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue("in.MH"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.send(session.createTextMessage("a message"));
            producer.setTimeToLive(1);
            producer.send(session.createTextMessage("one that says it expires"));
        }
        broker.restart();
        for (String text : List.of("a message", "one that says it expires")) {
            Message message = broker.taken("in.MH");
            assertThat(message.getBody(String.class)).isEqualTo(text);
            assertThat(message.getStringProperty(Incoming.CERTIFICATE)).startsWith("MII");
        }
    }

    @Test
    void a_party_comes_in_again_after_the_broker_stopped_itself_and_nothing_that_it_wrote_is_lost() throws Exception {
        try (Connection mh = broker.connect()) {
            write(mh, "before");
        }
        broker.failed();
        try (Connection mh = broker.connect()) {
            write(mh, "afterwards");
        }
        assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo("before");
        assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo("afterwards");
    }

    @Test
    void refused_when_it_is_larger_than_a_message_may_be() throws Exception {
        try (Connection mh = broker.connect()) {
            assertThatThrownBy(() -> write(mh, "x".repeat(400_000))).hasMessageContaining("too-large");
        }
        Message inItsPlace = broker.taken("in.MH");
        assertThat(inItsPlace.getStringProperty(Incoming.NOT_KEPT)).isEqualTo(NotKept.TOO_LARGE.name());
        assertThat(inItsPlace).isNotInstanceOf(TextMessage.class);
        assertThat(inItsPlace.getStringProperty("NATIVE_MESSAGE_ID")).startsWith("ID:");
    }

    static List<Arguments> whatTheGatewayCouldNotTake() {
        Map<String, Object> nested = Map.of("header", Map.of("sender", "MH"));
        return List.of(
                of(NotKept.UNREADABLE, "uuid", message -> message.setProperty("property", UUID.randomUUID())),
                of(
                        NotKept.UNREADABLE,
                        "timestamp",
                        message -> message.setProperty("property", Date.from(Instant.EPOCH))),
                of(NotKept.UNREADABLE, "group", message -> message.setProperty("JMSXGroupSeq", "x")),
                of(NotKept.UNREADABLE, "body", message -> ((AmqpJmsMapMessageFacade) message).put("body", nested)),
                of(
                        NotKept.UNREADABLE,
                        "x-opt-ingress-time",
                        message -> message.setTracingAnnotation("x-opt-ingress-time", "now")),
                of(
                        NotKept.SCHEDULED,
                        "x-opt-delivery-delay",
                        message -> message.setTracingAnnotation("x-opt-delivery-delay", "later")),
                of(
                        NotKept.SCHEDULED,
                        "x-opt-delivery-delay",
                        message -> message.setTracingAnnotation("x-opt-delivery-delay", 3_600_000L)));
    }

    private interface Oddity {
        void on(AmqpJmsMessageFacade message) throws JMSException;
    }

    private static Arguments of(NotKept reason, String name, Oddity oddity) {
        return Arguments.of(reason, name, oddity);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("whatTheGatewayCouldNotTake")
    void refused_when_the_gateway_could_not_take_it_and_what_comes_behind_is_taken(
            NotKept reason, String name, Oddity oddity) throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.MH"))) {
            Message message = name.equals("body") ? session.createMapMessage() : session.createTextMessage("odd");
            oddity.on((AmqpJmsMessageFacade) ((JmsMessage) message).getFacade());
            assertThatThrownBy(() -> producer.send(message))
                    .hasMessageContaining(reason.code().code());
            producer.send(session.createTextMessage("what comes behind"));
        }
        Message inItsPlace = broker.taken("in.MH");
        assertThat(inItsPlace.getStringProperty(Incoming.NOT_KEPT)).isEqualTo(reason.name());
        assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo("what comes behind");
    }

    @Test
    void refused_when_it_is_for_later() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.MH"))) {
            producer.setDeliveryDelay(3_600_000);
            Message later = session.createTextMessage("later");
            assertThatThrownBy(() -> producer.send(later)).hasMessageContaining("rule");
        }
        assertThat(broker.taken("in.MH").getStringProperty(Incoming.NOT_KEPT)).isEqualTo(NotKept.SCHEDULED.name());
    }

    @ParameterizedTest
    @CsvSource({
        DeliveryMode.PERSISTENT + ", 60000, LARGE_AND_EXPIRING",
        DeliveryMode.NON_PERSISTENT + ", 0, LARGE_AND_TRANSIENT"
    })
    void refused_when_the_broker_would_not_keep_a_large_one_for_good(int mode, long timeToLive, NotKept reason)
            throws Exception {
        try (Connection mh = broker.connect("&jms.forceSyncSend=true");
                Session session = mh.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.MH"))) {
            producer.setDeliveryMode(mode);
            producer.setTimeToLive(timeToLive);
            Message large = session.createTextMessage("x".repeat(150_000));
            assertThatThrownBy(() -> producer.send(large)).hasMessageContaining("large message");
        }
        assertThat(broker.taken("in.MH").getStringProperty(Incoming.NOT_KEPT)).isEqualTo(reason.name());
    }

    @Test
    void large_messages_are_there_after_a_restart_in_their_order_with_their_certificate() throws Exception {
        try (Connection mh = broker.connect()) {
            write(mh, "the first");
            write(mh, "x".repeat(150_000));
            write(mh, "the third");
            write(mh, "y".repeat(150_000));
        }
        broker.restart();
        assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo("the first");
        // A value that is a string of 32 bits' length, in AMQP's encoding.
        assertThat(new String(broker.takenFromFile("in.MH"), StandardCharsets.ISO_8859_1))
                .isEqualTo("\0Sw\u00b1\0\u0002I\u00f0" + "x".repeat(150_000));
        assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo("the third");
        Message last = broker.taken("in.MH");
        assertThat(last.getStringProperty(Incoming.CERTIFICATE)).startsWith("MII");
        assertThat(last.getStringProperty("NATIVE_MESSAGE_ID")).startsWith("ID:");
    }

    @ParameterizedTest
    @CsvSource({
        "10, chaparBodyAt",
        "150000, chaparBodyAt",
        "10, chaparLarge",
        "150000, chaparLarge",
        "10, chaparNotKept",
        "150000, chaparNotKept"
    })
    void refused_when_it_has_a_property_that_is_the_brokers(int size, String name) throws Exception {
        try (Connection mh = broker.connect("&jms.forceSyncSend=true");
                Session session = mh.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.MH"))) {
            Message message = session.createTextMessage("x".repeat(size));
            message.setStringProperty(name, NotKept.TOO_LARGE.name());
            assertThatThrownBy(() -> producer.send(message)).hasMessageContaining(name);
        }
        assertThat(broker.taken("in.MH").getStringProperty(Incoming.NOT_KEPT))
                .isEqualTo(NotKept.RESERVED_PROPERTY.name());
    }

    @Test
    void refused_when_an_acknowledgement_is_large() throws Exception {
        try (Connection mh = broker.connect("&jms.forceSyncSend=true");
                Session session = mh.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.MH"))) {
            Message message = session.createTextMessage("x".repeat(150_000));
            message.setStringProperty("kind", "acknowledgement");
            assertThatThrownBy(() -> producer.send(message)).hasMessageContaining("too-large");
        }
        assertThat(broker.taken("in.MH").getStringProperty(Incoming.NOT_KEPT)).isEqualTo(NotKept.TOO_LARGE.name());
    }
}
