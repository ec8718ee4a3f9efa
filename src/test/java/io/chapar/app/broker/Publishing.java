package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker with a publisher, and a record of which a test says what waits in it. */
abstract class Publishing {

    static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    static final List<PartyCode> PARTIES = List.of(new PartyCode("SPR"), new PartyCode("MJ"));
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    final TestRecord record = new TestRecord();
    EmbeddedBroker broker;
    Publisher publisher;

    @BeforeEach
    void start() {
        broker = new EmbeddedBroker(SETTINGS, data.resolve("broker"), PARTIES);
        broker.start();
        publisher = publisher(broker);
    }

    final Publisher publisher(EmbeddedBroker with) {
        Publisher fresh = new Publisher(
                record::forEachWaiting, with, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofHours(1));
        fresh.start();
        return fresh;
    }

    @AfterEach
    void stop() {
        publisher.close();
        broker.close();
    }

    final void caughtUp() {
        await().atMost(PATIENCE).until(publisher::caughtUp);
    }

    final Set<UUID> held() {
        Set<UUID> ids = new HashSet<>();
        broker.forEachId(ids::add);
        return ids;
    }

    final List<UUID> receive(String party, int expected) throws JMSException {
        List<UUID> received = new ArrayList<>();
        try (Connection connection = broker.connectionFactory().createConnection()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = session.createConsumer(session.createQueue(EmbeddedBroker.DELIVERIES + party));
            connection.start();
            while (received.size() < expected) {
                Message message = consumer.receive(PATIENCE.toMillis());
                received.add(UUID.fromString(message.getBody(String.class)));
            }
            assertThat(consumer.receiveNoWait()).isNull();
            session.commit();
        }
        return received;
    }

    static List<UUID> ids(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::deliveryId).toList();
    }
}
