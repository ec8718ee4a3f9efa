package io.chapar.app.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Works on several messages of one batch at a time. Those of one ordering key go one after the other; what comes out is in
 * the order of what went in. Used by one thread.
 */
final class Lanes<T> {

    private final Executor executor;
    private final int window;
    private final Deque<CompletableFuture<T>> pending = new ArrayDeque<>();
    private final Map<String, CompletableFuture<T>> last = new HashMap<>();

    /** @param window so many may be under way before the first must have ended */
    Lanes(Executor executor, int window) {
        this.executor = executor;
        this.window = window;
    }

    boolean isFull() {
        return pending.size() >= window;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    void add(Supplier<T> work, Optional<String> key) {
        CompletableFuture<T> before = key.map(last::get).orElse(null);
        CompletableFuture<T> added = before == null
                ? CompletableFuture.supplyAsync(work, executor)
                : before.thenApplyAsync(ended -> work.get(), executor);
        pending.add(added);
        key.ifPresent(name -> last.put(name, added));
        if (last.size() > window) {
            last.values().removeIf(CompletableFuture::isDone);
        }
    }

    /** The outcome of what was added first; waits for it. What the work threw is thrown. */
    T take() {
        try {
            return pending.remove().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
