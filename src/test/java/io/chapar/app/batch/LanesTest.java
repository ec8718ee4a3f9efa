package io.chapar.app.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
        Lanes<Integer> lanes = new Lanes<>(threads, 16);
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
                    key);
            while (lanes.isFull()) {
                told.add(lanes.take());
            }
        }
        while (!lanes.isEmpty()) {
            told.add(lanes.take());
        }

        assertThat(told)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(ofOneKey).isSorted().hasSize(250);
    }

    @Test
    void messages_without_a_key_do_not_wait_for_each_other() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Lanes<Boolean> lanes = new Lanes<>(threads, 16);
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
                    Optional.empty());
        }

        assertThat(lanes.take()).isTrue();
        assertThat(lanes.take()).isTrue();
    }

    @Test
    void what_stops_the_work_comes_out_as_it_was_thrown() {
        Lanes<Boolean> lanes = new Lanes<>(threads, 16);
        lanes.add(
                () -> {
                    throw new Stopped();
                },
                Optional.of("key"));
        lanes.add(() -> true, Optional.of("key"));

        assertThatThrownBy(lanes::take).isInstanceOf(Stopped.class);
        assertThatThrownBy(lanes::take).isInstanceOf(Stopped.class);
    }
}
