package io.chapar.app.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LanesTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void outcomes_come_in_the_order_of_the_messages_and_those_of_one_key_one_after_the_other() {
        List<Integer> ofOneKey = Collections.synchronizedList(new ArrayList<>());
        List<Integer> told = new ArrayList<>();
        Lanes<Integer> lanes = new Lanes<>(threads, 16, 1_000, outcome -> true);
        for (int i = 0; i < 500; i++) {
            int number = i;
            Optional<String> key = i % 2 == 0 ? Optional.of("key") : Optional.of("other " + i);
            lanes.add(
                    () -> {
                        if (number % 2 == 0) {
                            ofOneKey.add(number);
                        }
                        return number;
                    },
                    key,
                    1);
            while (lanes.isFull()) {
                told.add(take(lanes));
            }
        }
        while (!lanes.isEmpty()) {
            told.add(take(lanes));
        }

        assertThat(told)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(ofOneKey).isSorted().hasSize(250);
    }

    @Test
    void messages_without_a_key_do_not_wait_for_each_other() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Lanes<Boolean> lanes = new Lanes<>(threads, 16, 1_000, outcome -> true);
        for (int i = 0; i < 2; i++) {
            lanes.add(
                    () -> {
                        both.countDown();
                        try {
                            return both.await(60, SECONDS);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Optional.empty(),
                    1);
        }

        assertThat(take(lanes)).isTrue();
        assertThat(take(lanes)).isTrue();
    }

    private static <T> T take(Lanes<T> lanes) {
        T first = lanes.first();
        lanes.remove();
        return first;
    }

    @Test
    void what_stops_the_work_comes_out_as_it_was_thrown() {
        Lanes<Boolean> lanes = new Lanes<>(threads, 16, 1_000, outcome -> true);
        lanes.add(
                () -> {
                    throw new Stopped();
                },
                Optional.of("key"),
                1);
        lanes.add(() -> true, Optional.of("key"), 1);

        assertThatThrownBy(lanes::first).isInstanceOf(Stopped.class);
        lanes.remove();
        assertThatThrownBy(lanes::first).isInstanceOf(Stopped.class);
    }

    @Test
    void what_cannot_be_done_now_keeps_those_of_its_key_back_and_no_others() {
        List<String> tries = new ArrayList<>();
        AtomicBoolean now = new AtomicBoolean();
        Lanes<Boolean> lanes = new Lanes<>(Runnable::run, 16, 1_000, done -> done);
        for (String name : List.of("key 1", "key 2", "other", "key 3")) {
            lanes.add(
                    () -> {
                        tries.add(name);
                        return now.get() || name.equals("other");
                    },
                    Optional.of(name.substring(0, 3)),
                    1);
        }

        assertThat(lanes.first()).isFalse();
        assertThat(tries).containsExactly("key 1", "other");

        now.set(true);
        lanes.again();
        for (int i = 0; i < 4; i++) {
            assertThat(take(lanes)).isTrue();
        }
        assertThat(tries).containsExactly("key 1", "other", "key 1", "key 2", "key 3");
    }

    @Test
    void what_was_not_done_while_it_was_not_first_is_tried_again_as_soon_as_it_is() {
        AtomicInteger tries = new AtomicInteger();
        Lanes<Integer> lanes = new Lanes<>(Runnable::run, 16, 1_000, outcome -> outcome > 2);
        lanes.add(() -> 7, Optional.empty(), 1);
        lanes.add(tries::incrementAndGet, Optional.empty(), 1);

        assertThat(take(lanes)).isEqualTo(7);
        assertThat(lanes.first()).isEqualTo(2);
        lanes.again();
        assertThat(lanes.first()).isEqualTo(3);
    }

    @Test
    void settled_when_nothing_is_under_way_whatever_came_of_it() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Lanes<Boolean> lanes = new Lanes<>(threads, 16, 1_000, outcome -> true);
        lanes.add(
                () -> {
                    throw new Stopped();
                },
                Optional.empty(),
                1);
        lanes.add(
                () -> {
                    try {
                        ended.set(release.await(60, SECONDS));
                        return true;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Optional.empty(),
                1);

        CompletableFuture<Void> settled = CompletableFuture.runAsync(lanes::settle);
        release.countDown();

        settled.get(60, SECONDS);
        assertThat(ended).isTrue();
    }

    @Test
    void full_when_so_many_bytes_are_held_as_may_be() {
        Lanes<Boolean> lanes = new Lanes<>(Runnable::run, 16, 1_000, outcome -> true);

        lanes.add(() -> true, Optional.of("key"), 999);
        assertThat(lanes.isFull()).isFalse();
        lanes.add(() -> true, Optional.of("key"), 5_000);
        assertThat(lanes.isFull()).isTrue();
        lanes.remove();
        assertThat(lanes.isFull()).isTrue();
        lanes.remove();
        assertThat(lanes.isFull()).isFalse();
    }
}
