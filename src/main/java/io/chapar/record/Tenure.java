package io.chapar.record;

import java.time.Duration;
import java.util.Optional;

/**
 * How long this node has had its place among those that share the database, and when that was last seen. A node that was
 * frozen or cut off and goes on may have lost it meanwhile, and with it what it has in hand. Without others it never
 * ends.
 */
final class Tenure {

    /** A node that starts again, or lost its connection, may come back before anything is taken from it. */
    static final Duration GRACE = Duration.ofSeconds(6);

    /** So long after its lock was last seen nobody can have taken anything over. */
    private static final long SURE_NANOS = GRACE.minusSeconds(1).toNanos();

    private static final String DISPLACED = "another process holds this node's lock in the database, and this one takes"
            + " no work until it has it again: if a gateway runs on a copy of this data folder, stop it, and delete the"
            + " file node in the copy";

    private sealed interface State {}

    private record Undisputed() implements State {}

    private record Held(long since, long seen) implements State {}

    private record Displaced() implements State {}

    private volatile State state = new Undisputed();

    /** It has its place from now on. */
    void begun() {
        long now = System.nanoTime();
        state = new Held(now, now);
    }

    /** It still had its place when that was asked. */
    void seen(long asked) {
        if (state instanceof Held held) {
            state = new Held(held.since(), asked);
        }
    }

    /** Another process has its place. */
    void displaced() {
        state = new Displaced();
    }

    /** What is to be done while another process has its place. */
    Optional<String> complaint() {
        return state instanceof Displaced ? Optional.of(DISPLACED) : Optional.empty();
    }

    /** @throws NotRecorded while another process has its place */
    void check() {
        if (state instanceof Displaced) {
            throw new NotRecorded(DISPLACED);
        }
    }

    /** Whether what this node had then, by {@link System#nanoTime}, is certain to be no other's by now. */
    boolean lastsSince(long then) {
        State now = state;
        return now instanceof Undisputed
                || now instanceof Held held && then - held.since() >= 0 && System.nanoTime() - held.seen() < SURE_NANOS;
    }
}
