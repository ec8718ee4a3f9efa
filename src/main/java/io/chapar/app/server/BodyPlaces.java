package io.chapar.app.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many of the server's threads may wait for the rest of a body: three quarters for all who showed a certificate, an
 * eighth for all others. So there are always threads for requests that come whole. And one caller has at most as many as
 * are still free: however many take what they can get, there is room for one more.
 */
final class BodyPlaces {

    private final Pool certified;
    private final Pool others;

    /**
     * Whose bodies are counted together.
     *
     * @param name a certificate, or the network of who showed none
     */
    record Caller(Object name, boolean certified) {}

    /** A thread that may wait. */
    interface Place {

        /** From now on it does not wait; again and again is the same as once. */
        void giveBack();
    }

    /** @param threads of the server */
    BodyPlaces(int threads) {
        this.certified = new Pool(Math.max(1, threads * 3 / 4));
        this.others = new Pool(Math.max(1, threads / 8));
    }

    /** Nothing when no further body of this caller, or of callers like it, may be waited for. */
    Optional<Place> take(Caller caller) {
        Pool pool = caller.certified() ? certified : others;
        if (!pool.take(caller)) {
            return Optional.empty();
        }
        AtomicBoolean over = new AtomicBoolean();
        return Optional.of(() -> {
            if (over.compareAndSet(false, true)) {
                pool.giveBack(caller);
            }
        });
    }

    private static final class Pool {

        private final Map<Caller, Integer> taken = new HashMap<>();
        private int free;

        Pool(int size) {
            this.free = size;
        }

        synchronized boolean take(Caller caller) {
            if (taken.getOrDefault(caller, 0) >= free) {
                return false;
            }
            taken.merge(caller, 1, Integer::sum);
            free--;
            return true;
        }

        synchronized void giveBack(Caller caller) {
            taken.computeIfPresent(caller, (same, count) -> count > 1 ? count - 1 : null);
            free++;
        }
    }
}
