package io.chapar.deliver;

import io.chapar.record.NotRecorded;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Keeps a delivery in hand while the record is away. Giving it back to the broker would bring it back at once, a
 * thousand times a second.
 */
public final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final Duration first;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition halting = lock.newCondition();
    private final AtomicBoolean waits = new AtomicBoolean();
    private boolean halted;

    public Patience(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * Does it, again and again until the record is there.
     *
     * @throws Halted when the gateway stops meanwhile
     */
    public <T> T untilRecorded(Supplier<T> work) {
        long pause = first.toMillis();
        while (true) {
            try {
                T done = work.get();
                if (waits.getAndSet(false)) {
                    LOG.info("the record is there again, what was in hand goes on");
                }
                return done;
            } catch (NotRecorded away) {
                // Told once, not for each delivery each time.
                if (!waits.getAndSet(true)) {
                    LOG.warn("not recorded now, what is in hand waits: {}", away.getMessage());
                }
            }
            await(pause);
            pause = Math.min(pause * 2, longest.toMillis());
        }
    }

    /**
     * Waits until it holds, however long.
     *
     * @throws Halted when the gateway stops meanwhile
     */
    public void until(BooleanSupplier holds) {
        long pause = first.toMillis();
        while (!holds.getAsBoolean()) {
            await(pause);
            pause = Math.min(pause * 2, longest.toMillis());
        }
    }

    /**
     * Waits, but never longer than until the gateway stops.
     *
     * @throws Halted when the gateway stops
     */
    void await(long millis) {
        lock.lock();
        try {
            long left = MILLISECONDS.toNanos(millis);
            while (left > 0 && !halted) {
                left = halting.awaitNanos(left);
            }
            if (halted) {
                throw new Halted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halted();
        } finally {
            lock.unlock();
        }
    }

    /** @throws Halted when the gateway stops */
    void check() {
        await(0);
    }

    /** The gateway stops. */
    public void halt() {
        lock.lock();
        try {
            halted = true;
            halting.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
