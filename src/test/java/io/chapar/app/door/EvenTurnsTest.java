package io.chapar.app.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who is next when more want to work than may. */
class EvenTurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final EvenTurns<String> turns = new EvenTurns<>(2, 1);
    private final LinkedBlockingQueue<String> working = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void nobody_is_left() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        assertThat(turns.waiting()).isZero();
    }

    private boolean now(boolean doubtful) throws InterruptedException {
        return turns.take("now", doubtful, Duration.ZERO);
    }

    private void both_are_taken() throws InterruptedException {
        assertThat(now(true)).isTrue();
        assertThat(now(false)).isTrue();
    }

    private Thread waits(String kind, String name) {
        return waits(kind, name, false);
    }

    /** Returns when it waits. */
    private Thread waits(String kind, String name, boolean doubtful) {
        int before = turns.waiting();
        Thread thread = new Thread(() -> {
            try {
                if (turns.take(kind, doubtful, LONG)) {
                    working.add(name);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        threads.add(thread);
        thread.start();
        await().until(() -> turns.waiting() == before + 1);
        return thread;
    }

    /** Whose turn it is when the one before gives its back. */
    private String next() throws InterruptedException {
        turns.giveBack(false);
        return String.valueOf(working.poll(1, TimeUnit.MINUTES));
    }

    @Test
    void one_waits_for_one_turn_of_a_crowd_of_another_kind_and_not_for_all() throws InterruptedException {
        both_are_taken();
        for (int i = 0; i < 5; i++) {
            waits("many", "many-" + i);
        }
        waits("one", "one");
        waits("two", "two");

        List<String> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            order.add(next());
        }

        assertThat(order).containsExactly("many-0", "one", "two", "many-1", "many-2", "many-3", "many-4");
    }

    @Test
    void refused_when_there_is_none_in_time_and_nothing_is_lost() throws InterruptedException {
        both_are_taken();

        assertThat(now(false)).isFalse();
        assertThat(turns.take("late", false, Duration.ofMillis(5))).isFalse();

        turns.giveBack(false);
        assertThat(turns.take("late", false, Duration.ZERO)).isTrue();
    }

    @Test
    void who_goes_away_while_waiting_takes_no_turn_with_it() throws InterruptedException {
        both_are_taken();
        Thread gone = waits("one", "gone");
        waits("one", "next");

        gone.interrupt();
        gone.join();

        assertThat(next()).isEqualTo("next");
        turns.giveBack(false);
        assertThat(now(false)).isTrue();
    }

    @Test
    void refused_when_the_only_free_turn_is_for_one_that_is_not_doubtful() throws InterruptedException {
        assertThat(now(true)).isTrue();

        assertThat(now(true)).isFalse();
        assertThat(now(false)).isTrue();
    }

    @Test
    void a_doubtful_one_is_passed_over_until_a_doubtful_turn_is_over() throws InterruptedException {
        both_are_taken();
        waits("doubtful", "doubtful", true);
        waits("one", "first");
        waits("one", "second");

        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
        turns.giveBack(false);
        assertThat(turns.waiting()).isEqualTo(1);
        turns.giveBack(true);
        assertThat(working.poll(1, TimeUnit.MINUTES)).isEqualTo("doubtful");
        assertThat(now(true)).isFalse();
        assertThat(now(false)).isTrue();
    }
}
