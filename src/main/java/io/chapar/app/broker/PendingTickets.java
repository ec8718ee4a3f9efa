package io.chapar.app.broker;

import io.chapar.record.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What became durable and is not yet with the broker, in the order of commit. It is bounded: beyond that, and whenever the
 * broker was away, it remembers one thing only, that the record has to be read again.
 */
final class PendingTickets {

    private static final int MOST = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<UUID, Ticket> pending = new LinkedHashMap<>();

    /** The broker may lack something that waits in the record; tickets are not collected meanwhile. */
    private boolean behind = true;

    /** What the record waits with is being held against what the broker holds. */
    private boolean comparing;

    private boolean closed;

    void add(List<Ticket> tickets) {
        lock.lock();
        try {
            if (behind) {
                return;
            }
            tickets.forEach(ticket -> pending.put(ticket.deliveryId(), ticket));
            if (pending.size() > MOST) {
                forget();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is pending, and nothing in the record has to be looked for. */
    boolean none() {
        lock.lock();
        try {
            return !behind && !comparing && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something in the record has still to be looked for. */
    boolean isBehind() {
        lock.lock();
        try {
            return behind || comparing;
        } finally {
            lock.unlock();
        }
    }

    /** From now on the record has to be read again. */
    void fallBehind() {
        lock.lock();
        try {
            forget();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        behind = true;
        pending.clear();
    }

    /**
     * Whether the record has to be read. From here on new tickets are collected again, so that none falls between reading
     * the record and afterwards.
     */
    boolean startsComparison() {
        lock.lock();
        try {
            comparing = behind;
            behind = false;
            return comparing;
        } finally {
            lock.unlock();
        }
    }

    void compared() {
        lock.lock();
        try {
            comparing = false;
        } finally {
            lock.unlock();
        }
    }

    void forEachId(Consumer<UUID> each) {
        lock.lock();
        try {
            pending.keySet().forEach(each);
        } finally {
            lock.unlock();
        }
    }

    /** What is published from the record instead. */
    void remove(List<Ticket> tickets) {
        lock.lock();
        try {
            tickets.forEach(ticket -> pending.remove(ticket.deliveryId()));
        } finally {
            lock.unlock();
        }
    }

    /** The oldest, which stay until they are {@link #published}; waits for one, or until a comparison is due. */
    List<Ticket> next(int most, Duration comparison) {
        lock.lock();
        try {
            long left = comparison.toNanos();
            while (pending.isEmpty() && !behind && !closed) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    forget();
                }
            }
            List<Ticket> batch = new ArrayList<>(Math.min(pending.size(), most));
            Iterator<Ticket> oldest = pending.values().iterator();
            while (oldest.hasNext() && batch.size() < most) {
                batch.add(oldest.next());
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    void published(List<Ticket> batch) {
        lock.lock();
        try {
            for (Ticket ticket : batch) {
                // A ticket that came anew meanwhile is another object, and stays.
                pending.computeIfPresent(ticket.deliveryId(), (id, newest) -> newest == ticket ? null : newest);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Falls behind, and returns after this long, or at once when closed. */
    void waitBehind(long millis) {
        lock.lock();
        try {
            forget();
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
