package io.chapar.app.batch;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Those who work on batches, a turn each. A batch that must wait holds none of them. */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Begin begin;
    private final BatchTurns turns;
    private final Duration afterAFailure;
    private final List<Thread> threads = new ArrayList<>();

    /** On one batch, by one thread at a time. Closed before its end, it leaves the batch as a crash would. */
    interface Work extends Closeable {
        /**
         * Goes on for a turn, or until it must wait.
         *
         * @return how long, at least, until the next turn; nothing when there is no more to do
         * @throws Stopped when the gateway stops meanwhile
         */
        Optional<Duration> goOn() throws IOException;
    }

    /** Begins work on a batch, or goes on where it stood. */
    interface Begin {
        /** None when there is nothing to do. */
        Optional<Work> on(BatchId id) throws IOException;
    }

    Workers(Begin begin, BatchTurns turns, int atOnce, Duration afterAFailure) {
        this.begin = begin;
        this.turns = turns;
        this.afterAFailure = afterAFailure;
        for (int i = 1; i <= atOnce; i++) {
            Thread thread = new Thread(this::run, "batches-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void add(BatchId id) {
        turns.add(id);
    }

    private void run() {
        try {
            for (Optional<BatchTurns.Task> task = turns.next(); task.isPresent(); task = turns.next()) {
                turns.over(task.get(), turn(task.get()));
            }
        } catch (Stopped stop) {
            LOG.trace("a batch goes on at the next start");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Duration> turn(BatchTurns.Task task) {
        try {
            if (task.work().isEmpty()) {
                begin.on(task.id()).ifPresent(task::begin);
            }
            return task.work().isPresent() ? task.work().get().goOn() : Optional.empty();
        } catch (Stopped stop) {
            throw stop;
        } catch (IOException | RuntimeException | Error e) {
            // The disk, the record, or a defect of ours: nothing that its sender could change. It stays to be done.
            // An Error too: without its thread batches would wait for ever.
            LOG.atLevel(task.isTold(e.toString()) ? Level.DEBUG : Level.ERROR)
                    .setCause(e)
                    .log("work on a batch stopped, and is tried again, {}", task.id());
            task.putDown();
            return Optional.of(afterAFailure);
        }
    }

    /** Returns when nobody works any more. */
    void stop() {
        turns.stop();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        turns.putAllDown();
    }
}
