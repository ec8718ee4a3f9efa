package io.chapar.sandbox.play;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What keeps the pace of a run. */
class PaceTest {

    private static final double AT_ONCE = 1e9;

    /** An hour at twenty a second is more than the 65,535 that some counters of the JDK can take. */
    @Test
    void all_of_a_long_run_are_done_when_it_returns() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (Pace pace = new Pace(4)) {
            pace.run(72_000, AT_ONCE, number -> done.incrementAndGet());
        }
        assertThat(done).hasValue(72_000);
    }

    @Test
    void one_that_fails_keeps_nobody_waiting() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (Pace pace = new Pace(2)) {
            pace.run(3, AT_ONCE, number -> {
                if (number == 0) {
                    throw new IllegalStateException("this one fails");
                }
                done.incrementAndGet();
            });
        }
        assertThat(done).hasValue(2);
    }

    @Test
    void who_is_slow_slows_down_nobody() throws InterruptedException {
        CountDownLatch others = new CountDownLatch(9);
        try (Pace pace = new Pace(2)) {
            pace.run(10, AT_ONCE, number -> {
                if (number == 0) {
                    others(others);
                } else {
                    others.countDown();
                }
            });
        }
        assertThat(others.getCount()).isZero();
    }

    private static void others(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
