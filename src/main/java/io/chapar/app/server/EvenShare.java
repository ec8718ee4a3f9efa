package io.chapar.app.server;

import java.util.HashMap;
import java.util.Map;

/**
 * Places of which one has at most as many as are still free: alone it may have half of all; of any number who take what
 * they can get, each leaves room for one more.
 *
 * @param <K> by what those are told apart who take places
 */
public final class EvenShare<K> {

    private final Map<K, Integer> taken = new HashMap<>();
    private int free;

    public EvenShare(int places) {
        this.free = places;
    }

    /** Whether there was a place for it. */
    public synchronized boolean take(K who) {
        if (taken.getOrDefault(who, 0) >= free) {
            return false;
        }
        taken.merge(who, 1, Integer::sum);
        free--;
        return true;
    }

    /** One place, by who took it. */
    public synchronized void giveBack(K who) {
        taken.computeIfPresent(who, (same, count) -> count > 1 ? count - 1 : null);
        free++;
    }
}
