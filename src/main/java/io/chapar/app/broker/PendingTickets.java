package io.chapar.app.broker;

import io.chapar.record.Ticket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What became durable and is not yet with the broker, in the order of commit. It is bounded: beyond that, and whenever the
 * broker was away, it remembers one thing only, that the record has to be read again.
 */
final class PendingTickets {

    private static final int MOST = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<UUID, Ticket> pending = new LinkedHashMap<>();

    private final Duration comparison;

    /** The broker may lack something that waits in the record; tickets are not collected meanwhile. */
    private boolean behind = true;

    /** What waits in the record is being held against what the broker holds, or will be when it is this node's turn. */
    private boolean comparing;

    /** When the record has to be read next, on the clock of {@link System#nanoTime}. */
    private long due = System.nanoTime();

    private boolean closed;

    /** @param comparison so long after the record was read it is read again, whatever else there is to do */
    PendingTickets(Duration comparison) {
        this.comparison = comparison;
    }

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
        due = System.nanoTime();
        pending.clear();
    }

    /**
     * Whether the record has to be read now. From here on new tickets are collected again, so that none falls between
     * reading the record and afterwards.
     */
    boolean startsComparison() {
        lock.lock();
        try {
            if (System.nanoTime() - due < 0) {
                return false;
            }
            behind = false;
            comparing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else compares now: new tickets are collected all the same, and it is tried again after this time. */
    void putOff(Duration pause) {
        lock.lock();
        try {
            readAgainIn(pause);
        } finally {
            lock.unlock();
        }
    }

    void compared() {
        lock.lock();
        try {
            comparing = false;
            readAgainIn(comparison);
        } finally {
            lock.unlock();
        }
    }

    private void readAgainIn(Duration pause) {
        // What was dropped meanwhile is to be read at once.
        if (!behind) {
            due = System.nanoTime() + pause.toNanos();
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
    List<Ticket> next(int most) {
        return next(most, () -> due);
    }

    /** The same, but waits until this time on the clock of {@link System#nanoTime}. */
    List<Ticket> next(int most, long end) {
        return next(most, () -> end);
    }

    private List<Ticket> next(int most, LongSupplier end) {
        lock.lock();
        try {
            long left = end.getAsLong() - System.nanoTime();
            while (pending.isEmpty() && left > 0 && !closed) {
                var unused = changed.awaitNanos(left);
                left = end.getAsLong() - System.nanoTime();
            }
            return first(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest that are there now, which stay until they are {@link #published}. */
    List<Ticket> oldest(int most) {
        lock.lock();
        try {
            return first(most);
        } finally {
            lock.unlock();
        }
    }

    private List<Ticket> first(int most) {
        return pending.values().stream().limit(most).toList();
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
