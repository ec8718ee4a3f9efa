package io.chapar.deliver;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers that a provider does not answer, so that its callers get a quick no. While it is broken, one question at a
 * time is let through, at growing intervals, to find out whether the provider is back.
 */
final class Circuit {

    private static final int FAILURES_THAT_BREAK_IT = 3;
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private boolean probing;
    private long nextProbe;

    Circuit(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Whoever is let through says afterwards how it went. */
    boolean letsThrough() {
        lock.lock();
        try {
            if (failures < FAILURES_THAT_BREAK_IT) {
                return true;
            }
            if (probing || System.nanoTime() - nextProbe < 0) {
                return false;
            }
            probing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void worked() {
        lock.lock();
        try {
            failures = 0;
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    void failed() {
        lock.lock();
        try {
            failures++;
            probing = false;
            int doublings = Math.min(Math.max(failures - FAILURES_THAT_BREAK_IT, 0), MOST_DOUBLINGS);
            long pause = Math.min(first.toMillis() << doublings, longest.toMillis());
            nextProbe = System.nanoTime() + Duration.ofMillis(pause).toNanos();
        } finally {
            lock.unlock();
        }
    }
}
