package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One worker for the batches of many parties. */
class WorkersTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Turn END = Optional::empty;
    private static final Turn ANOTHER_FOLLOWS = waits(Duration.ZERO);
    private static final Turn WAITS = waits(LONG);

    private final Map<BatchId, Deque<Turn>> plans = new ConcurrentHashMap<>();
    private final List<BatchId> turns = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Workers workers =
            new Workers(id -> Optional.of(new Planned(id)), new BatchTurns(2), 1, Duration.ZERO);

    /** How a turn ends. */
    private interface Turn {
        Optional<Duration> end() throws IOException;
    }

    private static Turn waits(Duration pause) {
        return () -> Optional.of(pause);
    }

    /** Work of which each turn ends as was planned. */
    private final class Planned implements Workers.Work {
        private final BatchId id;

        Planned(BatchId id) {
            this.id = id;
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        }

        @Override
        public Optional<Duration> goOn() throws IOException {
            turns.add(id);
            return plans.getOrDefault(id, new ArrayDeque<>()).remove().end();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        workers.stop();
    }

    private BatchId batch(String party, Turn... turns) {
        BatchId id = new BatchId(new PartyCode(party), Stays.EXCHANGE, UUID.randomUUID());
        plans.put(id, new ArrayDeque<>(List.of(turns)));
        workers.add(id);
        return id;
    }

    private void turnsAre(BatchId... expected) {
        await().atMost(Duration.ofSeconds(60)).until(() -> turns.size() >= expected.length);
        assertThat(turns).containsExactly(expected);
    }

    @Test
    void who_must_wait_holds_no_worker_that_others_need() {
        BatchId waits = batch("HOTEL-1", WAITS);
        BatchId other = batch("HOTEL-2", END);

        workers.start();

        turnsAre(waits, other);
    }

    @Test
    void who_waited_goes_on_when_the_time_has_come() {
        BatchId waits = batch("HOTEL-1", waits(Duration.ofMillis(50)), waits(Duration.ofMillis(50)), END);

        workers.start();

        turnsAre(waits, waits, waits);
        await().until(() -> open.get() == 0);
    }

    @Test
    void parties_take_turns() {
        BatchId one = batch("HOTEL-1", ANOTHER_FOLLOWS, ANOTHER_FOLLOWS, END);
        BatchId two = batch("HOTEL-2", ANOTHER_FOLLOWS, END);

        workers.start();

        turnsAre(one, two, one, two, one);
    }

    @Test
    void a_batch_waits_for_the_earlier_ones_of_its_party_however_long_these_wait() {
        BatchId first = batch("HOTEL-1", WAITS);
        batch("HOTEL-1", END);
        BatchId other = batch("HOTEL-2", ANOTHER_FOLLOWS, END);

        workers.start();

        turnsAre(first, other, other);
    }

    @Test
    void of_many_who_wait_the_one_that_waits_longest_is_put_down_for_another() {
        BatchId longest = batch("HOTEL-1", WAITS);
        BatchId waits = batch("HOTEL-2", waits(Duration.ofMinutes(30)));
        BatchId third = batch("HOTEL-3", WAITS);
        BatchId fourth = batch("HOTEL-4", END);

        workers.start();

        turnsAre(longest, waits, third, fourth);
        await().until(() -> open.get() == 1);
        assertThat(mostOpen).hasValue(2);
    }

    @Test
    void a_worker_goes_on_after_an_error_and_begins_that_batch_anew() {
        Turn error = () -> {
            throw new NoClassDefFoundError("a test");
        };
        Turn failure = () -> {
            throw new IOException("a test");
        };
        BatchId unlucky = batch("HOTEL-1", error, failure, END);

        workers.start();

        turnsAre(unlucky, unlucky, unlucky);
        await().until(() -> open.get() == 0);
    }
}
