package io.chapar.record;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes that are gone, and since when: a short absence means nothing. For one thread. */
final class Absences {

    private final Duration grace;
    private final Map<Integer, Long> since = new HashMap<>();
    private final Set<Integer> told = new HashSet<>();

    /** @param grace how long a node may be away */
    Absences(Duration grace) {
        this.grace = grace;
    }

    /**
     * Those that are gone for good by now.
     *
     * @param gone all that are not there
     * @param now on the clock of {@link System#nanoTime}
     */
    List<Integer> longer(Collection<Integer> gone, long now) {
        since.keySet().retainAll(gone);
        told.retainAll(gone);
        gone.forEach(number -> since.putIfAbsent(number, now));
        return gone.stream()
                .filter(number -> now - since.getOrDefault(number, now) >= grace.toNanos())
                .toList();
    }

    /** Whether one of these was not known to be gone for good: true once for each absence, however late one looks. */
    boolean anyNew(Collection<Integer> longer) {
        return told.addAll(longer);
    }

    /** Nothing is known any more. */
    void forget() {
        since.clear();
        told.clear();
    }
}
