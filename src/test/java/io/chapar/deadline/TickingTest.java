package io.chapar.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens once, the clocks are looked at again. */
class TickingTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch lookedAgain = new CountDownLatch(1);

    private Instant look() {
        switch (looks.incrementAndGet()) {
            case 1 -> throw new OutOfMemoryError("a test");
            case 2 -> throw new IllegalStateException("a test");
            default -> lookedAgain.countDown();
        }
        return Instant.now().plusSeconds(3600);
    }

    @Test
    void the_clocks_are_looked_at_again_after_an_error_and_after_a_defect() throws InterruptedException {
        try (Ticking ticking = new Ticking(this::look, Clock.systemUTC(), Duration.ZERO)) {
            ticking.start();

            assertThat(lookedAgain.await(60, SECONDS)).isTrue();
        }
    }
}
