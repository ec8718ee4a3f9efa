package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PublisherTest {

    static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    private static final List<PartyCode> PARTIES = List.of(new PartyCode("SPR"), new PartyCode("MJ"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(10);

    @TempDir
    Path data;

    private final TestRecord record = new TestRecord();
    private EmbeddedBroker broker;
    private Publisher publisher;

    @BeforeEach
    void start() {
        broker = new EmbeddedBroker(SETTINGS, data.resolve("broker"), PARTIES);
        broker.start();
        publisher = publisher(broker);
    }

    private Publisher publisher(EmbeddedBroker with) {
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

    private void caughtUp() {
        await().atMost(PATIENCE).until(publisher::caughtUp);
    }

    private Set<UUID> held() {
        Set<UUID> ids = new HashSet<>();
        broker.forEachId(ids::add);
        return ids;
    }

    private List<UUID> receive(String party, int expected) throws JMSException {
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

    private static List<UUID> ids(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::deliveryId).toList();
    }

    @Test
    void published_in_the_order_of_commit() throws Exception {
        caughtUp();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Ticket ticket = record.accepts("SPR");
            tickets.add(ticket);
            publisher.durable(List.of(ticket));
        }
        caughtUp();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tickets));
        assertThat(receive("SPR", 2000)).isEqualTo(ids(tickets));
    }

    @Test
    void what_waited_at_the_start_is_published_once() throws Exception {
        caughtUp();
        publisher.close();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            tickets.add(record.accepts("MJ"));
        }
        publisher = publisher(broker);
        caughtUp();
        publisher.compare();
        caughtUp();
        assertThat(receive("MJ", 700)).isEqualTo(ids(tickets));
    }

    @Test
    void a_broker_that_was_away_gets_everything_in_order_once_it_is_back() throws Exception {
        caughtUp();
        List<Ticket> tickets = new ArrayList<>();
        tickets.add(record.accepts("SPR"));
        publisher.durable(tickets);
        caughtUp();
        broker.stop();
        assertThat(broker.running()).isFalse();
        for (int i = 0; i < 100; i++) {
            Ticket ticket = record.accepts("SPR");
            tickets.add(ticket);
            publisher.durable(List.of(ticket));
        }
        await().atMost(PATIENCE).until(() -> !publisher.caughtUp());
        broker.start();
        caughtUp();
        assertThat(receive("SPR", 101)).isEqualTo(ids(tickets));
    }

    @Test
    void a_wiped_journal_is_filled_again_from_the_record() throws Exception {
        caughtUp();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tickets.add(record.accepts("SPR"));
        }
        publisher.durable(tickets);
        caughtUp();
        publisher.close();
        broker.close();
        delete(data.resolve("broker"));
        broker = new EmbeddedBroker(SETTINGS, data.resolve("broker"), PARTIES);
        broker.start();
        publisher = publisher(broker);
        caughtUp();
        assertThat(receive("SPR", 50)).isEqualTo(ids(tickets));
    }

    @Test
    void what_is_in_a_consumers_hands_is_not_published_again() throws Exception {
        caughtUp();
        Ticket ticket = record.accepts("SPR");
        publisher.durable(List.of(ticket));
        caughtUp();
        try (Connection connection = broker.connectionFactory().createConnection()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = session.createConsumer(session.createQueue(EmbeddedBroker.DELIVERIES + "SPR"));
            connection.start();
            assertThat(consumer.receive(PATIENCE.toMillis())).isNotNull();
            assertThat(held()).containsExactly(ticket.deliveryId());
            publisher.compare();
            caughtUp();
            session.rollback();
        }
        assertThat(receive("SPR", 1)).containsExactly(ticket.deliveryId());
    }

    @Test
    void sent_again_soon_after_it_was_taken_is_published_again() throws Exception {
        caughtUp();
        Ticket ticket = record.accepts("SPR");
        publisher.durable(List.of(ticket));
        caughtUp();
        assertThat(receive("SPR", 1)).hasSize(1);
        publisher.durable(List.of(new Ticket(ticket.deliveryId(), ticket.receiver(), ticket.orderingKey(), 4)));
        await().atMost(PATIENCE).until(() -> held().contains(ticket.deliveryId()));
        caughtUp();
        assertThat(receive("SPR", 1)).containsExactly(ticket.deliveryId());
    }

    @Test
    void a_ticket_given_twice_is_in_the_queue_once() throws Exception {
        caughtUp();
        Ticket ticket = record.accepts("SPR");
        publisher.durable(List.of(ticket));
        caughtUp();
        publisher.durable(List.of(ticket));
        caughtUp();
        assertThat(receive("SPR", 1)).containsExactly(ticket.deliveryId());
    }

    @Test
    void what_is_committed_survives_a_restart_of_the_broker() throws Exception {
        caughtUp();
        Ticket ticket = record.accepts("SPR");
        publisher.durable(List.of(ticket));
        caughtUp();
        broker.stop();
        broker.start();
        caughtUp();
        assertThat(receive("SPR", 1)).containsExactly(ticket.deliveryId());
    }

    @Test
    void nobody_else_may_use_the_broker() {
        assertThatThrownBy(() -> broker.connectionFactory().createConnection("chapar", "guessed"))
                .isInstanceOf(JMSException.class);
    }

    @Test
    void publishing_goes_on_after_an_error_of_the_machine() throws Exception {
        publisher.close();
        Ticket ticket = record.accepts("SPR");
        AtomicBoolean first = new AtomicBoolean(true);
        publisher = new Publisher(
                each -> {
                    if (first.getAndSet(false)) {
                        throw new OutOfMemoryError("as a test wants it");
                    }
                    record.forEachWaiting(each);
                },
                broker,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofHours(1));
        publisher.start();
        await().atMost(PATIENCE).until(() -> held().contains(ticket.deliveryId()));
        caughtUp();
    }

    /** Shows one that waited, and then others that the broker lacks, as long as it takes. */
    private void untilHeld(Ticket fresh, Consumer<Ticket> each) {
        await().atMost(PATIENCE).pollInSameThread().pollInterval(SOON).until(() -> {
            each.accept(record.accepts("MJ"));
            return held().contains(fresh.deliveryId());
        });
    }

    @Test
    void what_is_new_does_not_wait_for_the_end_of_a_comparison_and_is_published_once() throws Exception {
        caughtUp();
        publisher.close();
        Ticket old = record.accepts("SPR", "a key");
        Ticket fresh = record.accepts("SPR", "a key");
        publisher = new Publisher(
                each -> {
                    each.accept(old);
                    publisher.durable(List.of(fresh));
                    untilHeld(fresh, each);
                    each.accept(fresh);
                },
                broker,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofHours(1));
        publisher.start();
        caughtUp();
        assertThat(receive("SPR", 2)).containsExactly(old.deliveryId(), fresh.deliveryId());
    }

    @Test
    void what_is_new_and_missing_at_once_is_published_once() throws Exception {
        caughtUp();
        publisher.close();
        List<Ticket> both = List.of(record.accepts("SPR"), record.accepts("SPR"));
        publisher = new Publisher(
                each -> {
                    publisher.durable(both);
                    both.forEach(each);
                    untilHeld(both.get(1), each);
                },
                broker,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofHours(1));
        publisher.start();
        caughtUp();
        assertThat(receive("SPR", 2)).isEqualTo(ids(both));
    }

    @Test
    void publishing_goes_on_while_another_node_compares_and_what_is_missing_comes_when_it_is_done() throws Exception {
        caughtUp();
        publisher.close();
        Ticket missing = record.accepts("SPR");
        AtomicBoolean turn = new AtomicBoolean();
        publisher = new Publisher(
                record::forEachWaiting,
                broker,
                work -> {
                    if (turn.get()) {
                        work.run();
                    }
                    return turn.get();
                },
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofHours(1));
        publisher.start();
        List<Ticket> fresh = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(SOON).until(() -> {
            fresh.add(record.accepts("MJ"));
            publisher.durable(List.of(fresh.get(fresh.size() - 1)));
            return fresh.size() > 20 && held().size() > 10;
        });
        assertThat(held()).doesNotContain(missing.deliveryId());
        assertThat(publisher.caughtUp()).isFalse();

        turn.set(true);

        caughtUp();
        assertThat(receive("SPR", 1)).containsExactly(missing.deliveryId());
        assertThat(receive("MJ", fresh.size())).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids(fresh));
    }

    @Test
    void record_and_broker_are_compared_in_time_although_there_is_always_something_new() {
        publisher.close();
        publisher = new Publisher(
                record::forEachWaiting, broker, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(500));
        publisher.start();
        caughtUp();
        Ticket lost = record.accepts("SPR");
        await().atMost(PATIENCE).pollInterval(SOON).until(() -> {
            publisher.durable(List.of(record.accepts("MJ")));
            return held().contains(lost.deliveryId());
        });
    }

    @Test
    void a_queue_that_no_party_has_is_not_made_by_sending_to_it() throws Exception {
        try (Connection connection = broker.connectionFactory().createConnection()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            assertThatThrownBy(() -> session.createConsumer(session.createQueue("chapar.deliver.NOBODY")))
                    .isInstanceOf(JMSException.class);
        }
    }

    @Test
    void a_folder_in_use_is_told_with_what_to_do() {
        EmbeddedBroker second = new EmbeddedBroker(SETTINGS, data.resolve("file"), PARTIES);
        assertThatThrownBy(() -> {
                    Files.createFile(data.resolve("file"));
                    second.start();
                })
                .isInstanceOf(BrokerUnreadable.class)
                .hasMessageContaining("move that folder away and start again");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
