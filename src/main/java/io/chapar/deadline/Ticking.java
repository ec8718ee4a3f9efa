package io.chapar.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes up when the next clock runs out. */
public final class Ticking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticking.class);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(30);

    private final Supplier<Instant> look;
    private final Clock clock;
    private final Duration afterADefect;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::tick, "chapar-clocks");

    /** @param look does what is due, and says when to look again */
    public Ticking(Supplier<Instant> look, Clock clock) {
        this(look, clock, AFTER_A_DEFECT);
    }

    Ticking(Supplier<Instant> look, Clock clock, Duration afterADefect) {
        this.look = look;
        this.clock = clock;
        this.afterADefect = afterADefect;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void tick() {
        try {
            while (!stop.await(sleep().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("The clocks are looked at again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("The clocks stand still: the gateway stops");
        }
    }

    private Duration sleep() {
        try {
            Duration sleep = Duration.between(clock.instant(), look.get());
            return sleep.compareTo(SHORTEST) < 0 ? SHORTEST : sleep;
        } catch (RuntimeException | Error e) {
            // An Error too: without this thread no clock would run out any more.
            LOG.error("The clocks could not be looked at; they are looked at again", e);
            return afterADefect;
        }
    }

    /** Returns when nothing is looked at any more: what it works with may be closed then. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
