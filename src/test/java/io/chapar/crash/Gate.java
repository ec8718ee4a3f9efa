package io.chapar.crash;

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

    void awaitOpen() throws InterruptedException {
        lock.lock();
        try {
            while (!open) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For a sender that was told to come later: until something changes, or this long. */
    void awaitChange(long millis) throws InterruptedException {
        lock.lock();
        try {
            var unused = changed.await(millis, TimeUnit.MILLISECONDS);
        } finally {
            lock.unlock();
        }
        awaitOpen();
    }
}
