package io.chapar.app.queue;

import java.time.Duration;
import java.util.HashMap;
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
            queue.accept(id -> last.put(id, looked));
            last.values().removeIf(time -> looked - time > remembered);
        } finally {
            lock.unlock();
        }
    }

    void forget(UUID deliveryId) {
        lock.lock();
        try {
            last.remove(deliveryId);
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
