package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import io.chapar.trust.TestPki;
import io.chapar.trust.TlsContexts;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/** A broker that is reached over TLS, as nodes reach the one that they share. */
class RemoteBrokerTest {

    private static final PartyCode MH = new PartyCode("MH");

    /** The pair was started before it was in the party directory, or after it was taken out. */
    private static final PartyCode UNKNOWN = new PartyCode("SPR");

    private static final TestPki PKI = new TestPki("nodes");
    private static final TestPki.Identity GATEWAY = PKI.tls("localhost");
    private static final SSLContext TLS =
            TlsContexts.server(GATEWAY.keys().getPrivate(), GATEWAY.certificate(), List.of(PKI.authority()));

    /** The most that a queue holds for its reader, as it is set at first; the broker by itself lists 200. */
    private static final int WINDOW = 500;

    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path data;

    private EmbeddedBroker served;
    private RemoteBroker broker;

    @BeforeEach
    void start() {
        AmqpAccess parties = new AmqpAccess(
                "localhost",
                0,
                List.of("TLSv1.3"),
                () -> TLS,
                chain -> Optional.empty(),
                Set.of(MH),
                100_000,
                1_000_000);
        NodeAccess nodes =
                new NodeAccess("localhost", 0, () -> TLS, chain -> chain.get(0).equals(GATEWAY.certificate()));
        served = new EmbeddedBroker(
                Publishing.SETTINGS, data.resolve("broker"), List.of(MH), Optional.of(parties), Optional.of(nodes));
        served.start();
        broker = new RemoteBroker(
                List.of("localhost:" + served.nodesPort()),
                () -> TlsContexts.client(GATEWAY.keys().getPrivate(), GATEWAY.certificate(), List.of(PKI.authority())),
                Set.of(MH, UNKNOWN));
    }

    @AfterEach
    void stop() {
        broker.close();
        served.close();
    }

    private List<UUID> put(String queue, int messages) throws JMSException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            for (int i = 0; i < messages; i++) {
                UUID id = UUID.randomUUID();
                Message message = session.createTextMessage(id.toString());
                message.setStringProperty(PartyQueues.DELIVERY_ID, id.toString());
                producer.send(message);
                ids.add(id);
            }
            session.commit();
        }
        return ids;
    }

    @Test
    void all_that_a_party_has_not_read_is_seen_so_that_none_of_it_is_put_a_second_time() throws Exception {
        List<UUID> unread = put(PartyQueues.out(MH), WINDOW + 1);

        List<UUID> seen = new ArrayList<>();
        broker.forEachToRead(MH, seen::add);

        assertThat(seen).containsExactlyElementsOf(unread);
    }

    @Test
    void all_deliveries_that_wait_are_seen_once_each_and_stay() throws Exception {
        List<UUID> waiting = put(EmbeddedBroker.DELIVERIES + "MH", 2 * WINDOW);

        for (int i = 0; i < 2; i++) {
            List<UUID> seen = new ArrayList<>();
            broker.forEachId(seen::add);
            assertThat(seen).containsExactlyElementsOf(waiting);
        }
    }

    @Test
    void a_queue_that_the_broker_does_not_have_is_empty() {
        assertThat(broker.hasToRead(UNKNOWN)).isFalse();
        assertThat(broker.toRead(UNKNOWN)).isZero();
        assertThat(broker.bytesToRead(UNKNOWN)).isZero();
        broker.forEachToRead(UNKNOWN, id -> fail("there is none"));
        assertThat(broker.queueFor(UNKNOWN)).isFalse();
        assertThat(broker.queueFor(MH)).isTrue();
        assertThat(broker.hasToRead(MH)).isTrue();
    }

    @Test
    void what_has_no_queue_stays_in_the_record_and_everything_else_is_published() {
        TestRecord record = new TestRecord();
        record.accepts(UNKNOWN.value());
        Ticket missing = record.accepts("MH");
        try (Publisher publisher =
                new Publisher(record::forEachWaiting, broker, SOON, Duration.ofMillis(200), Duration.ofHours(1))) {
            publisher.start();
            await().atMost(Publishing.PATIENCE).until(publisher::caughtUp);
            Ticket fresh = record.accepts("MH");
            publisher.durable(List.of(record.accepts(UNKNOWN.value()), fresh));
            await().atMost(Publishing.PATIENCE).until(publisher::caughtUp);

            assertThat(held()).containsExactly(missing.deliveryId(), fresh.deliveryId());
            assertThat(publisher.missingQueues().count()).isOne();

            record.forEachWaiting(ticket -> record.ended(ticket.deliveryId()));
            publisher.compare();
            await().atMost(Publishing.PATIENCE)
                    .until(() -> publisher.missingQueues().count() == 0);
        }
    }

    private List<UUID> held() {
        List<UUID> seen = new ArrayList<>();
        broker.forEachId(seen::add);
        return seen;
    }

    /** What another node records and publishes meanwhile is shown by the record, and was not in the broker before. */
    @Test
    void what_another_node_publishes_during_a_comparison_is_not_published_a_second_time() {
        TestRecord record = new TestRecord();
        List<UUID> all = new ArrayList<>(List.of(record.accepts("MH").deliveryId()));
        compared(broker, each -> {
            all.add(publishedElsewhere(record.accepts("MH")));
            record.forEachWaiting(each);
        });
        assertThat(held()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void what_another_node_is_about_to_publish_is_not_published_by_both() {
        TestRecord record = new TestRecord();
        Ticket missing = record.accepts("MH");
        Ticket other = record.accepts("MH");
        AtomicBoolean first = new AtomicBoolean(true);
        Broker slowly = (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(broker, arguments);
                    if (method.getName().equals("forEachId") && first.getAndSet(false)) {
                        publishedElsewhere(other);
                    }
                    return answer;
                });
        compared(slowly, record::forEachWaiting);
        assertThat(held()).containsExactlyInAnyOrder(missing.deliveryId(), other.deliveryId());
    }

    private static void compared(Broker broker, Consumer<Consumer<Ticket>> waiting) {
        try (Publisher publisher = new Publisher(waiting, broker, SOON, Duration.ofMillis(200), Duration.ofHours(1))) {
            publisher.start();
            await().atMost(Publishing.PATIENCE).until(publisher::caughtUp);
        }
    }

    private UUID publishedElsewhere(Ticket ticket) {
        try (BrokerSession session = BrokerSession.open(broker, new MissingQueues())) {
            session.publish(List.of(ticket));
            return ticket.deliveryId();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The browser that comes with the client takes a broken connection for the end of the queue. */
    @Test
    void refused_when_the_connection_breaks_before_the_end_of_a_queue() throws Exception {
        put(EmbeddedBroker.DELIVERIES + "MH", 10 * WINDOW);
        AtomicBoolean first = new AtomicBoolean(true);

        assertThatThrownBy(() -> broker.forEachId(id -> {
                    if (first.getAndSet(false)) {
                        cutOffWhoLooks();
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private void cutOffWhoLooks() {
        served.server().getSessions().stream()
                .filter(session -> session.getServerConsumers().stream().anyMatch(ServerConsumer::isBrowseOnly))
                .forEach(session -> session.getRemotingConnection().fail(new ActiveMQException("cut off")));
    }
}
