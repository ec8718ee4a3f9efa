package io.chapar.app.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works on several messages of one batch at a time. Those of one ordering key go one after the other; what comes out is in
 * the order of what went in. What cannot be done now keeps those of its key back; once it is first, it is tried again. Used
 * by one thread at a time.
 */
final class Lanes<T> {

    private final Executor executor;
    private final int window;
    private final long mostBytes;
    private final Predicate<T> done;
    private final Deque<Entry> pending = new ArrayDeque<>();
    private final Map<String, Entry> last = new HashMap<>();
    private long bytes;

    private final class Entry {
        private final Supplier<T> work;
        private final int size;
        private CompletableFuture<Optional<T>> outcome;

        Entry(Supplier<T> work, int size, @Nullable Entry before) {
            this.work = work;
            this.size = size;
            this.outcome = before == null ? tried() : before.outcome.thenApplyAsync(this::behind, executor);
        }

        private CompletableFuture<Optional<T>> tried() {
            return CompletableFuture.supplyAsync(() -> Optional.of(work.get()), executor);
        }

        /** Nothing, and not tried, when the one before it is not done. */
        private Optional<T> behind(Optional<T> before) {
            return before.filter(done).map(ended -> work.get());
        }

        void again() {
            outcome = tried();
        }

        boolean hasToBeTriedAgain() {
            return outcome.isDone()
                    && !outcome.isCompletedExceptionally()
                    && outcome.join().filter(done).isEmpty();
        }
    }

    /**
     * @param window so many may be under way before the first must have ended
     * @param mostBytes so many, at most, and one message more
     * @param done whether an outcome is one; otherwise what had it is to be tried again
     */
    Lanes(Executor executor, int window, long mostBytes, Predicate<T> done) {
        this.executor = executor;
        this.window = window;
        this.mostBytes = mostBytes;
        this.done = done;
    }

    boolean isFull() {
        return pending.size() >= window || bytes >= mostBytes;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** @param size in bytes, of what is held until it has ended */
    void add(Supplier<T> work, Optional<String> key, int size) {
        Entry added = new Entry(work, size, key.map(last::get).orElse(null));
        pending.add(added);
        bytes += size;
        key.ifPresent(name -> last.put(name, added));
    }

    /** The outcome of what was added first, which stays; waits until it was tried. What the work threw is thrown. */
    T first() {
        try {
            Entry first = pending.element();
            Optional<T> outcome = first.outcome.join();
            if (outcome.isEmpty()) {
                // Kept back by one that has ended since.
                first.again();
                outcome = first.outcome.join();
            }
            return outcome.orElseThrow();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Returns when nothing is under way any more, whatever came of it. */
    void settle() {
        pending.forEach(
                entry -> entry.outcome.handle((outcome, failure) -> true).join());
    }

    /** What was added first is tried once more. */
    void again() {
        pending.element().again();
    }

    /** What was added first has ended. What now is first is tried again, if it was not done. */
    void remove() {
        Entry ended = pending.remove();
        bytes -= ended.size;
        last.values().remove(ended);
        Entry first = pending.peek();
        if (first != null && first.hasToBeTriedAgain()) {
            first.again();
        }
    }
}
