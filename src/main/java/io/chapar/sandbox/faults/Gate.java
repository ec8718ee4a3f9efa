package io.chapar.sandbox.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where senders that got no answer wait until the gateway is there again. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean open;

    void open() {
        set(true);
    }

    void close() {
        set(false);
    }

    private void set(boolean next) {
        lock.lock();
        try {
            open = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns at that time, by {@link System#nanoTime}, or later if it is not open then. */
    void pass(long at) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = at - System.nanoTime();
            while (left > 0) {
                left = changed.awaitNanos(left);
            }
            while (!open) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For a sender that was told to come later: until something changes, or this long; then until it is open. */
    void awaitChange(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var unused = changed.await(millis, TimeUnit.MILLISECONDS);
            while (!open) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
