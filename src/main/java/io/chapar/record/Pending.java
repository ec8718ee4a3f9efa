package io.chapar.record;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One caller's work on its way through the committer. */
final class Pending<T> {

    private enum State {
        QUEUED,
        TAKEN,
        CANCELLED
    }

    private final Work<T> work;
    private final CompletableFuture<@Nullable T> done = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private boolean guarded;
    private @Nullable T result;

    Pending(Work<T> work) {
        this.work = work;
    }

    Work<T> work() {
        return work;
    }

    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    boolean cancel() {
        return state.compareAndSet(State.QUEUED, State.CANCELLED);
    }

    boolean cancelled() {
        return state.get() == State.CANCELLED;
    }

    void guarded(boolean changed) {
        guarded = changed;
    }

    void write(Writing writing) throws SQLException {
        work.write(writing, guarded);
    }

    void finish(Writing writing) throws SQLException {
        result = work.finish(writing);
    }

    void complete() {
        done.complete(result);
    }

    void fail(RuntimeException reason) {
        done.completeExceptionally(reason);
    }

    T await(Duration longest) {
        try {
            return Objects.requireNonNull(done.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Unrecordable unrecordable) {
                throw new Unrecordable(unrecordable);
            }
            throw new NotRecorded(cause == null ? "not recorded" : String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw tooLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong();
        }
    }

    /** Work that no one has begun is withdrawn; of work that was begun no one knows yet. */
    private NotRecorded tooLong() {
        return cancel()
                ? new NotRecorded("the database does not answer; nothing was recorded")
                : new NotRecorded("the database does not answer; whether it was recorded shows when it is sent again");
    }
}
