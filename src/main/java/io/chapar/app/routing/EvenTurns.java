package io.chapar.app.routing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many may work in the same moment. Who waits gets a turn in the order of arrival among its own, and its kind gets one after
 * the other: a hundred who wait for one kind delay somebody of another kind by one turn, not by a hundred.
 *
 * @param <K> what those have in common who share their luck
 */
final class EvenTurns<K> {

    private final ReentrantLock lock = new ReentrantLock();

    /** By kind, the kind first whose turn is next. None is empty. */
    private final Map<K, Deque<Waiter>> waiting = new LinkedHashMap<>();

    private int free;

    private static final class Waiter {

        private final Condition called;
        private boolean hasTurn;

        private Waiter(Condition called) {
            this.called = called;
        }
    }

    EvenTurns(int atOnce) {
        this.free = atOnce;
    }

    /** Takes a turn if there is one at once, and nobody waits for it. */
    boolean takeNow() {
        lock.lock();
        try {
            // While one is free nobody waits.
            if (free == 0) {
                return false;
            }
            free--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn, however long. */
    void take(K kind) throws InterruptedException {
        if (!take(kind, Long.MAX_VALUE)) {
            throw new IllegalStateException("three hundred years are over");
        }
    }

    /** False when there was no turn in time. */
    boolean take(K kind, Duration longest) throws InterruptedException {
        return take(kind, longest.toNanos());
    }

    private boolean take(K kind, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (takeNow()) {
                return true;
            }
            Waiter waiter = new Waiter(lock.newCondition());
            waiting.computeIfAbsent(kind, first -> new ArrayDeque<>()).add(waiter);
            try {
                await(waiter, nanos);
                return waiter.hasTurn;
            } catch (InterruptedException e) {
                if (waiter.hasTurn) {
                    giveBack();
                }
                throw e;
            } finally {
                if (!waiter.hasTurn) {
                    forget(kind, waiter);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void await(Waiter waiter, long nanos) throws InterruptedException {
        long left = nanos;
        while (!waiter.hasTurn && left > 0) {
            left = waiter.called.awaitNanos(left);
        }
    }

    private void forget(K kind, Waiter waiter) {
        waiting.computeIfPresent(kind, (same, others) -> {
            others.remove(waiter);
            return others.isEmpty() ? null : others;
        });
    }

    /** The turn of one who has it is over. */
    void giveBack() {
        lock.lock();
        try {
            Iterator<Map.Entry<K, Deque<Waiter>>> next = waiting.entrySet().iterator();
            if (!next.hasNext()) {
                free++;
                return;
            }
            Map.Entry<K, Deque<Waiter>> first = next.next();
            K kind = first.getKey();
            Deque<Waiter> ofKind = first.getValue();
            Waiter waiter = ofKind.remove();
            // Behind all other kinds that wait.
            next.remove();
            if (!ofKind.isEmpty()) {
                waiting.put(kind, ofKind);
            }
            waiter.hasTurn = true;
            waiter.called.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Who waits just now. */
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
