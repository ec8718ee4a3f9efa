package io.chapar.app.broker;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What one party can make of the broker, and what the broker says of it. */
class AmqpLimitsTest {

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

    private static Message bytes(Session session, int size) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(new byte[size]);
        return message;
    }

    private static MessageProducer writing(Session session) throws JMSException {
        return session.createProducer(session.createQueue("in.MH"));
    }

    private long largeFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("large-messages"))) {
            return files.count();
        }
    }

    @Test
    void a_message_that_grows_far_too_large_is_not_read_to_its_end_and_its_link_is_closed() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            MessageProducer endless = writing(session);
            Message large = bytes(session, 50 * AmqpBroker.MAXIMUM_BYTES);
            assertThatThrownBy(() -> endless.send(large))
                    .hasMessageContaining("too-large: a message has at most " + (AmqpBroker.MAXIMUM_BYTES + 65_536));
            assertThatThrownBy(() -> endless.send(bytes(session, 1))).isInstanceOf(JMSException.class);
            assertThat(broker.taken("in.MH").getStringProperty(Incoming.NOT_KEPT))
                    .isEqualTo(NotKept.TOO_LARGE.name());
            await().atMost(Duration.ofSeconds(20)).until(() -> largeFiles() == 0);

            writing(session).send(bytes(session, 1));
        }
        assertThat(((BytesMessage) broker.taken("in.MH")).getBodyLength()).isEqualTo(1);
    }

    @Test
    void refused_when_large_messages_that_wait_fill_what_a_party_may_write() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            MessageProducer writing = writing(session);
            int size = 150_000;
            int kept = 0;
            JMSException full = null;
            while (full == null && kept < 10) {
                try {
                    writing.send(bytes(session, size));
                    kept++;
                } catch (JMSException refused) {
                    full = refused;
                }
            }
            assertThat(full).hasMessageContaining("bytes may wait in in.MH");
            assertThat(kept).isEqualTo((int) (AmqpBroker.MOST_WRITTEN_BYTES / (size + 100)));
            for (int i = 0; i < kept; i++) {
                // Before the bytes stands what they are and how many.
                assertThat(broker.takenFromFile("in.MH")).hasSize(8 + size);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> largeFiles() == 0);
            writing(session).send(bytes(session, size));
        }
    }

    @Test
    void refused_when_uncommitted_messages_fill_what_a_party_may_hold_until_they_are_rolled_back() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession(Session.SESSION_TRANSACTED);
                MessageProducer writing = writing(session)) {
            for (int i = 0; i < 15; i++) {
                writing.send(bytes(session, 90_000));
            }
            // A refusal of one of them shows at the commit, which keeps nothing of them.
            assertThatThrownBy(session::commit).isInstanceOf(JMSException.class);
            assertThat(broker.takenWithin("in.MH", 500)).isNull();
            writing.send(bytes(session, 90_000));
            session.commit();
        }
        assertThat(((BytesMessage) broker.taken("in.MH")).getBodyLength()).isEqualTo(90_000);
    }

    @Test
    void refused_one_connection_too_many_until_another_one_ends() throws Exception {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < Peers.MOST_CONNECTIONS; i++) {
            all.add(broker.connect());
        }
        assertThatThrownBy(() -> broker.connect()).hasMessageContaining("at most " + Peers.MOST_CONNECTIONS);
        all.remove(0).close();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> all.add(broker.connect()));
        for (Connection each : all) {
            each.close();
        }
    }

    @Test
    void refused_one_link_too_many() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 3 * Peer.MOST_LINKS; i++) {
                            assertThat(writing(session)).isNotNull();
                        }
                    })
                    .hasMessageContaining("at most " + Peer.MOST_LINKS + " links");
        }
    }

    @Test
    void refused_one_session_too_many() throws Exception {
        try (Connection mh = broker.connect()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 3 * Peer.MOST_SESSIONS; i++) {
                            assertThat(mh.createSession()).isNotNull();
                        }
                    })
                    .hasMessageContaining("at most " + Peer.MOST_SESSIONS + " sessions");
        }
    }

    @Test
    void links_that_were_closed_do_not_count() throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            for (int i = 0; i < 3 * Peer.MOST_LINKS; i++) {
                try (MessageProducer writing = writing(session)) {
                    assertThat(writing).isNotNull();
                }
            }
            writing(session).send(bytes(session, 1));
        }
        assertThat(broker.taken("in.MH")).isInstanceOf(BytesMessage.class);
    }

    @Test
    void what_a_party_acknowledges_goes_to_a_queue_of_its_own_with_the_certificate_and_nothing_else_does()
            throws Exception {
        try (Connection mh = broker.connect();
                Session session = mh.createSession()) {
            MessageProducer writing = writing(session);
            for (Object kind : List.of("message", 5, true, "Acknowledgement", "acknowledgement")) {
                Message message = session.createTextMessage(kind.toString());
                message.setObjectProperty("kind", kind);
                writing.send(message);
            }
        }
        Message acknowledgement = broker.taken("chapar.acknowledgements.MH");
        assertThat(acknowledgement.getBody(String.class)).isEqualTo("acknowledgement");
        assertThat(acknowledgement.getStringProperty(Incoming.CERTIFICATE)).startsWith("MII");
        assertThat(acknowledgement.getStringProperty("NATIVE_MESSAGE_ID")).startsWith("ID:");
        for (String other : List.of("message", "5", "true", "Acknowledgement")) {
            assertThat(broker.taken("in.MH").getBody(String.class)).isEqualTo(other);
        }
        assertThat(broker.takenWithin("chapar.acknowledgements.MH", 500)).isNull();
        assertThat(broker.takenWithin("in.MH", 500)).isNull();
    }

    @Test
    void the_brokers_log_names_a_message_and_shows_nothing_of_it() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("org.apache.activemq");
        logged.start();
        log.addAppender(logged);
        try (Connection mh = broker.connect();
                Session session = mh.createSession(Session.CLIENT_ACKNOWLEDGE)) {
            broker.fromWithin("out.MH", "diagnosis", "tuberculosis");
            MessageConsumer consumer = session.createConsumer(session.createQueue("out.MH"));
            Message message = Objects.requireNonNull(consumer.receive(10_000));
            message.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, JmsMessageSupport.REJECTED);
            message.acknowledge();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(List.copyOf(logged.list))
                            .anySatisfy(line ->
                                    assertThat(line.getFormattedMessage()).contains("Dead Letter", "message ")));
        } finally {
            log.detachAppender(logged);
        }
        assertThat(List.copyOf(logged.list))
                .allSatisfy(line -> assertThat(said(line)).doesNotContain("tuberculosis"));
    }

    private static String said(ILoggingEvent line) {
        return line.getFormattedMessage()
                + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }
}
