package io.chapar.app.broker;

import io.chapar.record.Ticket;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PublisherTest extends Publishing {

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
    void a_broker_that_stops_itself_runs_again_each_time_and_what_it_missed_is_published() throws Exception {
        caughtUp();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tickets.add(record.accepts("SPR"));
            publisher.durable(List.copyOf(tickets));
            caughtUp();
            Ticket missed = record.accepts("SPR");
            tickets.add(missed);
            AmqpBroker.fail(broker);
            publisher.durable(List.of(missed));
            await().atMost(PATIENCE).until(() -> held().contains(missed.deliveryId()));
            assertThat(receive("SPR", 2)).containsExactlyInAnyOrderElementsOf(ids(tickets));
            tickets.forEach(ticket -> record.ended(ticket.deliveryId()));
            tickets.clear();
        }
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
