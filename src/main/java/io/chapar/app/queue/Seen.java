package io.chapar.app.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Which deliveries were seen in a party's queue lately: they are not put there a second time. Who took one has all of the
 * time to acknowledge it, counted from when it was last seen in the queue.
 */
final class Seen {

    private static final int LOOKS = 4;

    private final long remembered;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Long> last = new HashMap<>();
    private final Set<UUID> waiting = new HashSet<>();
    private long looked;
    private boolean never = true;

    Seen(Duration remembered) {
        this.remembered = remembered.toNanos();
    }

    boolean isOld() {
        return never || System.nanoTime() - looked > remembered / LOOKS;
    }

    /** @param queue tells the deliveries that lie in it */
    void renew(Consumer<Consumer<UUID>> queue) {
        lock.lock();
        try {
            looked = System.nanoTime();
            never = false;
            waiting.clear();
            queue.accept(id -> {
                last.put(id, looked);
                waiting.add(id);
            });
            last.values().removeIf(time -> looked - time > remembered);
        } finally {
            lock.unlock();
        }
    }

    /** This one is put into the queue now. */
    void put(UUID deliveryId) {
        lock.lock();
        try {
            waiting.add(deliveryId);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many deliveries lay in the queue when it was last looked at or were put since, without those about which the
     * party has said its word: never fewer than lie there. What else lies in the queue does not count.
     */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    void forget(UUID deliveryId) {
        lock.lock();
        try {
            last.remove(deliveryId);
            waiting.remove(deliveryId);
        } finally {
            lock.unlock();
        }
    }

    Set<UUID> ids() {
        lock.lock();
        try {
            return Set.copyOf(last.keySet());
        } finally {
            lock.unlock();
        }
    }
}
