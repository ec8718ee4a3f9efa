package io.chapar.app.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many of the server's threads may wait for the rest of a body: three quarters for all who showed a certificate, an
 * eighth for all others. So there are always threads for requests that come whole. And one caller has at most as many as
 * are still free: however many take what they can get, there is room for one more.
 */
final class BodyPlaces {

    private final EvenShare<Caller> certified;
    private final EvenShare<Caller> others;

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
        this.certified = new EvenShare<>(Math.max(1, threads * 3 / 4));
        this.others = new EvenShare<>(Math.max(1, threads / 8));
    }

    /** Nothing when no further body of this caller, or of callers like it, may be waited for. */
    Optional<Place> take(Caller caller) {
        EvenShare<Caller> pool = caller.certified() ? certified : others;
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
}
