package io.chapar.app.broker;

import io.chapar.record.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A publisher that holds what waits in the record against what the broker holds. */
class ComparingTest extends Publishing {

    private static final Duration SOON = Duration.ofMillis(10);

    /** Shows one that waited, and then others that the broker lacks, as long as it takes. */
    private void untilHeld(Ticket fresh, Consumer<Ticket> each) {
        await().atMost(PATIENCE).pollInSameThread().pollInterval(SOON).until(() -> {
            each.accept(record.accepts("MJ"));
            return held().contains(fresh.deliveryId());
        });
    }

    /** @param waiting what the record shows, and what happens meanwhile */
    private void comparesAnew(Consumer<Consumer<Ticket>> waiting) {
        publisher = new Publisher(waiting, broker, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofHours(1));
        publisher.start();
    }

    @Test
    void what_is_new_does_not_wait_for_the_end_of_a_comparison_and_is_published_once() throws Exception {
        caughtUp();
        publisher.close();
        Ticket old = record.accepts("SPR", "a key");
        Ticket fresh = record.accepts("SPR", "a key");
        AtomicBoolean first = new AtomicBoolean(true);
        comparesAnew(each -> {
            each.accept(old);
            if (first.getAndSet(false)) {
                publisher.durable(List.of(fresh));
                untilHeld(fresh, each);
            }
            each.accept(fresh);
        });
        caughtUp();
        assertThat(receive("SPR", 2)).containsExactlyInAnyOrder(old.deliveryId(), fresh.deliveryId());
    }

    @Test
    void what_is_new_and_missing_at_once_is_published_once() throws Exception {
        caughtUp();
        publisher.close();
        List<Ticket> both = List.of(record.accepts("SPR"), record.accepts("SPR"));
        AtomicInteger readings = new AtomicInteger();
        comparesAnew(each -> {
            both.forEach(each);
            if (readings.incrementAndGet() == 2) {
                publisher.durable(both);
                untilHeld(both.get(1), each);
            }
        });
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
                    boolean mine = turn.get();
                    if (mine) {
                        work.run();
                    }
                    return mine;
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
        assertThat(held()).contains(missing.deliveryId()).containsAll(ids(fresh));
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
}
