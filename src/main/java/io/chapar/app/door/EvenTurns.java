package io.chapar.app.door;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many may work in the same moment, and of those that are doubtful only a few. Who waits gets a turn in the order of arrival
 * among its own, and its kind gets one after the other: a hundred who wait for one kind delay somebody of another kind by one
 * turn, not by a hundred.
 *
 * @param <K> what those have in common who share their luck
 */
public final class EvenTurns<K> {

    private final ReentrantLock lock = new ReentrantLock();

    /** By kind, the kind first whose turn is next. None is empty. */
    private final Map<K, Deque<Waiter>> waiting = new LinkedHashMap<>();

    private int free;
    private int freeForDoubtful;

    private static final class Waiter {

        private final boolean doubtful;
        private final Condition called;
        private boolean hasTurn;

        private Waiter(boolean doubtful, Condition called) {
            this.doubtful = doubtful;
            this.called = called;
        }
    }

    /** @param doubtfulAtOnce of those who may work at once, so many may be doubtful */
    public EvenTurns(int atOnce, int doubtfulAtOnce) {
        this.free = atOnce;
        this.freeForDoubtful = doubtfulAtOnce;
    }

    /** Waits for a turn, however long. */
    public void take(K kind, boolean doubtful) throws InterruptedException {
        if (!take(kind, doubtful, Long.MAX_VALUE)) {
            throw new IllegalStateException("three hundred years are over");
        }
    }

    /** False when there was no turn in time. */
    public boolean take(K kind, boolean doubtful, Duration longest) throws InterruptedException {
        return take(kind, doubtful, longest.toNanos());
    }

    private boolean take(K kind, boolean doubtful, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // While there is a turn for one like this, nobody like this waits.
            if (isTurnFor(doubtful)) {
                begin(doubtful);
                return true;
            }
            Waiter waiter = new Waiter(doubtful, lock.newCondition());
            waiting.computeIfAbsent(kind, first -> new ArrayDeque<>()).add(waiter);
            try {
                await(waiter, nanos);
                return waiter.hasTurn;
            } catch (InterruptedException e) {
                if (waiter.hasTurn) {
                    giveBack(doubtful);
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

    private boolean isTurnFor(boolean doubtful) {
        return free > 0 && (!doubtful || freeForDoubtful > 0);
    }

    private void begin(boolean doubtful) {
        free--;
        if (doubtful) {
            freeForDoubtful--;
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
    public void giveBack(boolean doubtful) {
        lock.lock();
        try {
            free++;
            if (doubtful) {
                freeForDoubtful++;
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        Iterator<Map.Entry<K, Deque<Waiter>>> kinds = waiting.entrySet().iterator();
        while (kinds.hasNext()) {
            Map.Entry<K, Deque<Waiter>> next = kinds.next();
            K kind = next.getKey();
            Deque<Waiter> ofKind = next.getValue();
            Waiter waiter = ofKind.element();
            if (isTurnFor(waiter.doubtful)) {
                ofKind.remove();
                // Behind all other kinds that wait.
                kinds.remove();
                if (!ofKind.isEmpty()) {
                    waiting.put(kind, ofKind);
                }
                begin(waiter.doubtful);
                waiter.hasTurn = true;
                waiter.called.signal();
                return;
            }
        }
    }

    /** Who waits just now. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
