package io.chapar.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.Publisher;
import io.chapar.app.broker.Setback;
import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Camel's consumers, as they are configured for the gateway, over a real broker. */
class ConsumingTest {

    private static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    private static final PartyCode SPR = new PartyCode("SPR");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private final DeliverConfiguration configuration = new DeliverConfiguration();
    private final Map<UUID, Ticket> waiting = new ConcurrentHashMap<>();
    private EmbeddedBroker broker;
    private Publisher publisher;
    private JmsPoolConnectionFactory pool;
    private Setback setback;
    private @Nullable CamelContext camel;

    @BeforeEach
    void start() {
        broker = new EmbeddedBroker(SETTINGS, data.resolve("broker"), List.of(SPR));
        broker.start();
        publisher = new Publisher(
                each -> List.copyOf(waiting.values()).forEach(each),
                broker,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofHours(1));
        publisher.start();
        await().atMost(PATIENCE).until(publisher::caughtUp);
        pool = configuration.pooledConnections(broker);
        pool.start();
        setback = new Setback(Duration.ofMillis(50));
    }

    private void consume(int consumers, Consumer<UUID> delivering) throws Exception {
        CamelContext fresh = new DefaultCamelContext();
        camel = fresh;
        fresh.addComponent("jms", configuration.jms(pool, setback));
        fresh.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(RuntimeException.class).process(setback);
                from("jms:queue:chapar.deliver.SPR?concurrentConsumers=" + consumers)
                        .process(message -> delivering.accept(
                                UUID.fromString(message.getMessage().getBody(String.class))));
            }
        });
        fresh.start();
    }

    @AfterEach
    void stop() {
        setback.close();
        CamelContext started = camel;
        if (started != null) {
            started.getShutdownStrategy().setTimeout(5);
            started.stop();
        }
        publisher.close();
        pool.stop();
        broker.close();
    }

    private Set<UUID> held() {
        Set<UUID> ids = ConcurrentHashMap.newKeySet();
        broker.forEachId(ids::add);
        return ids;
    }

    private Ticket accepts(Optional<String> key) {
        Ticket ticket = new Ticket(UUID.randomUUID(), SPR, key, 4);
        waiting.put(ticket.deliveryId(), ticket);
        publisher.durable(List.of(ticket));
        return ticket;
    }

    @Test
    void lost_between_record_and_broker_it_comes_again_and_the_record_stops_it() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch brokerDied = new CountDownLatch(1);
        AtomicInteger effects = new AtomicInteger();
        ConcurrentLinkedQueue<UUID> taken = new ConcurrentLinkedQueue<>();
        consume(2, id -> {
            taken.add(id);
            if (waiting.remove(id) == null) {
                return;
            }
            effects.incrementAndGet();
            inHand.countDown();
            awaitLatch(brokerDied);
        });
        Ticket ticket = accepts(Optional.empty());
        assertThat(inHand.await(60, TimeUnit.SECONDS)).isTrue();
        broker.stop();
        brokerDied.countDown();
        broker.start();
        await().atMost(PATIENCE).until(() -> taken.size() >= 2);
        await().atMost(PATIENCE).until(() -> held().isEmpty());
        // A broker that restarts may hand it out more than once again; only the record decides.
        assertThat(taken).containsOnly(ticket.deliveryId());
        assertThat(effects).hasValue(1);
    }

    @Test
    void that_the_broker_is_lost_and_back_is_told_once_each_for_all_consumers() throws Exception {
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.list = new CopyOnWriteArrayList<>();
        told.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        consume(8, waiting::remove);
        accepts(Optional.empty());
        await().atMost(PATIENCE).until(waiting::isEmpty);
        root.addAppender(told);
        try {
            broker.stop();
            await().atMost(PATIENCE)
                    .until(() -> says(told, "the broker is lost").size() == 1);
            broker.start();
            await().atMost(PATIENCE)
                    .until(() -> says(told, "the broker is back").size() == 1);
            accepts(Optional.empty());
            await().atMost(PATIENCE).until(waiting::isEmpty);

            assertThat(says(told, "the broker is lost")).hasSize(1);
            assertThat(told.list)
                    .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                    .filteredOn(line -> line.getLoggerName().endsWith("QueueReading"))
                    .isEmpty();
        } finally {
            root.detachAppender(told);
        }
    }

    private static List<String> says(ListAppender<ILoggingEvent> told, String words) {
        return List.copyOf(told.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(words))
                .toList();
    }

    @Test
    void a_stage_that_fails_gives_it_back_and_it_is_tried_again() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        consume(1, id -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("a stage fails");
            }
            waiting.remove(id);
        });
        accepts(Optional.empty());
        await().atMost(PATIENCE).until(waiting::isEmpty);
        await().atMost(PATIENCE).until(() -> held().isEmpty());
        assertThat(tries).hasValue(3);
    }

    @Test
    void one_that_always_fails_does_not_keep_all_consumers_from_the_others() throws Exception {
        setback = new Setback(Duration.ofSeconds(8));
        AtomicInteger failures = new AtomicInteger();
        UUID bad = accepts(Optional.empty()).deliveryId();
        for (int i = 0; i < 30; i++) {
            accepts(Optional.empty());
        }
        await().atMost(PATIENCE).until(publisher::caughtUp);
        consume(4, id -> {
            if (id.equals(bad)) {
                failures.incrementAndGet();
                throw new IllegalStateException("a stage fails, whenever it is tried");
            }
            waiting.remove(id);
        });
        await().atMost(PATIENCE).until(() -> waiting.keySet().equals(Set.of(bad)));
        assertThat(failures).hasValueLessThan(4);
    }

    @Test
    void those_with_one_ordering_key_end_one_after_another_in_order() throws Exception {
        KeyedRecord record = new KeyedRecord(broker, publisher, waiting);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            tickets.add(record.accepts(new Ticket(UUID.randomUUID(), SPR, Optional.of("traveller-" + i % 5), i % 10)));
        }
        publisher.durable(tickets);
        consume(8, record::deliver);
        await().atMost(PATIENCE).until(waiting::isEmpty);
        assertThat(record.together()).isZero();
        assertThat(record.seen()).isEqualTo(record.accepted());
        await().atMost(PATIENCE).until(() -> held().isEmpty());
    }

    @Test
    void one_key_in_hand_holds_no_other_up() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tickets.add(new Ticket(UUID.randomUUID(), SPR, Optional.of("slow"), 4));
        }
        Ticket other = new Ticket(UUID.randomUUID(), SPR, Optional.empty(), 4);
        tickets.add(other);
        tickets.forEach(ticket -> waiting.put(ticket.deliveryId(), ticket));
        UUID first = tickets.get(0).deliveryId();
        consume(4, id -> {
            if (id.equals(first)) {
                inHand.countDown();
                awaitLatch(goOn);
            }
            waiting.remove(id);
        });
        publisher.durable(tickets);
        assertThat(inHand.await(60, TimeUnit.SECONDS)).isTrue();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> !waiting.containsKey(other.deliveryId()));
        } finally {
            goOn.countDown();
        }
        await().atMost(PATIENCE).until(waiting::isEmpty);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
