package io.chapar.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * The way to one receiver. While it works, everyone passes. When it fails, all who come wait with their delivery in
 * hand, and one of them at a time tries with its own, at growing intervals, until one succeeds; then all go on. So a
 * dead receiver is asked by one and not by all, and nothing changes its place in the order.
 */
public final class ReceiverChannel implements ReceiverChannelMXBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverChannel.class);
    private static final int MOST_DOUBLINGS = 20;

    /** Whether deliveries pass. */
    public enum State {
        OPEN,
        STOPPED,
        PAUSED
    }

    private final String receiver;
    private final Duration firstBackOff;
    private final Duration longestBackOff;
    private final Duration longestRetryAfter;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean paused;
    private boolean failing;
    private boolean probing;
    private boolean halted;
    private int failures;
    private int waiting;
    private long nextProbe;
    private String lastFailure = "";
    private Instant since;

    ReceiverChannel(String receiver, DeliveryLimits limits, Clock clock) {
        this.receiver = receiver;
        this.firstBackOff = limits.firstBackOff();
        this.longestBackOff = limits.longestBackOff();
        this.longestRetryAfter = limits.longestRetryAfter();
        this.clock = clock;
        this.since = clock.instant();
    }

    /** The right to try once. Whoever closes it without having said how it went leaves the channel as it was. */
    public final class Turn implements AutoCloseable {

        private final boolean probe;
        private final boolean waited;
        private boolean told;

        private Turn(boolean probe, boolean waited) {
            this.probe = probe;
            this.waited = waited;
        }

        /** Whether time passed until it came. */
        public boolean waited() {
            return waited;
        }

        /** The receiver was reached and answered. */
        public void worked() {
            told = true;
            ReceiverChannel.this.worked(probe);
        }

        public void failed(ChannelFailure failure) {
            told = true;
            ReceiverChannel.this.failed(probe, failure);
        }

        @Override
        public void close() {
            if (!told && probe) {
                abandoned();
            }
        }
    }

    /**
     * Waits until this delivery may be tried.
     *
     * @throws Halted when the gateway stops meanwhile
     */
    public Turn turn() {
        lock.lock();
        waiting++;
        boolean waited = false;
        try {
            while (!halted) {
                long left = nextProbe - System.nanoTime();
                if (!paused && !failing) {
                    return new Turn(false, waited);
                }
                if (!paused && !probing && left <= 0) {
                    probing = true;
                    return new Turn(true, waited);
                }
                waited = true;
                if (paused || probing) {
                    changed.await();
                } else {
                    changed.await(left, NANOSECONDS);
                }
            }
            throw new Halted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halted();
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private void worked(boolean probe) {
        lock.lock();
        try {
            if (probe) {
                probing = false;
                failing = false;
                failures = 0;
                since = clock.instant();
                LOG.info("channel of {} works again", receiver);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed(boolean probe, ChannelFailure failure) {
        lock.lock();
        try {
            lastFailure = String.valueOf(failure.getMessage());
            if (probe) {
                probing = false;
            } else if (failing) {
                // It was on its way when another one failed: the same failure, seen twice.
                return;
            } else {
                failing = true;
                since = clock.instant();
                LOG.warn("channel of {} stops, deliveries wait: {}", receiver, lastFailure);
            }
            failures++;
            nextProbe = System.nanoTime()
                    + pause(failure.retryAfter().orElse(Duration.ZERO)).toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Duration pause(Duration wished) {
        long doubled = firstBackOff.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = Math.min(doubled, longestBackOff.toMillis());
        long withJitter = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        long honoured = Math.min(wished.toMillis(), longestRetryAfter.toMillis());
        return Duration.ofMillis(Math.max(withJitter, honoured));
    }

    private void abandoned() {
        lock.lock();
        try {
            probing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everyone who waits, now or later, is told that the gateway stops. */
    void halt() {
        lock.lock();
        try {
            halted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public State state() {
        lock.lock();
        try {
            return paused ? State.PAUSED : failing ? State.STOPPED : State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String getState() {
        return state().name();
    }

    @Override
    public String getLastFailure() {
        lock.lock();
        try {
            return lastFailure;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String getSince() {
        lock.lock();
        try {
            return since.toString();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int getWaiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pause() {
        lock.lock();
        try {
            if (!paused) {
                paused = true;
                since = clock.instant();
                LOG.info("channel of {} is paused by an administrator", receiver);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resume() {
        lock.lock();
        try {
            if (paused) {
                paused = false;
                since = clock.instant();
                LOG.info("channel of {} is resumed by an administrator", receiver);
            }
            nextProbe = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
