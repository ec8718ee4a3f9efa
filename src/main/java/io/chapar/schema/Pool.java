package io.chapar.schema;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** Keeps things that are costly to make and serve one caller at a time; it holds as many as ever worked at once. */
final class Pool<T> {

    /** What is done with the thing while it is held. */
    interface Use<T, R, E extends Exception> {
        R with(T thing) throws E;
    }

    private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();
    private final Supplier<T> make;

    Pool(Supplier<T> make) {
        this.make = make;
    }

    /** Lends one. A thing whose use threw is not lent again, for its state is unknown. */
    <R, E extends Exception> R use(Use<T, R, E> use) throws E {
        T taken = idle.pollFirst();
        T thing = taken == null ? make.get() : taken;
        R result = use.with(thing);
        idle.addFirst(thing);
        return result;
    }
}
