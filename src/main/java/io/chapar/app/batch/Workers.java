package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on batches: of each party one at a time, in the order in which they became complete. */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Batches batches;
    private final BatchWork work;
    private final Perseverance perseverance;
    private final List<Thread> threads = new ArrayList<>();
    private final Deque<BatchId> waiting = new ArrayDeque<>();
    private final Set<PartyCode> busy = new HashSet<>();
    private boolean stopped;

    Workers(Batches batches, BatchWork work, Perseverance perseverance, int atOnce) {
        this.batches = batches;
        this.work = work;
        this.perseverance = perseverance;
        for (int i = 1; i <= atOnce; i++) {
            Thread thread = new Thread(this::run, "batches-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        batches.toDo().forEach(this::add);
        threads.forEach(Thread::start);
    }

    synchronized void add(BatchId id) {
        if (!waiting.contains(id)) {
            waiting.add(id);
            notifyAll();
        }
    }

    private void run() {
        for (Optional<BatchId> id = next(); id.isPresent(); id = next()) {
            try {
                take(id.get());
            } catch (Stopped stop) {
                return;
            } finally {
                free(id.get().party());
            }
        }
    }

    private void take(BatchId id) {
        try {
            Optional<Batch> batch = batches.find(id);
            if (batch.isPresent() && batch.get().facts().state() == BatchFacts.State.WORKING) {
                work.run(batch.get());
                batches.ended(batch.get());
            }
        } catch (Stopped stop) {
            throw stop;
        } catch (IOException | RuntimeException e) {
            // The disk, the record, or a defect of ours: nothing that its sender could change. It stays to be done.
            LOG.error("work on a batch stopped, and is tried again, {}", id, e);
            perseverance.pause(PAUSE);
            add(id);
        }
    }

    private synchronized Optional<BatchId> next() {
        try {
            while (!stopped) {
                @Nullable BatchId found = runnable();
                if (found != null) {
                    busy.add(found.party());
                    return Optional.of(found);
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private @Nullable BatchId runnable() {
        for (Iterator<BatchId> each = waiting.iterator(); each.hasNext(); ) {
            BatchId id = each.next();
            if (!busy.contains(id.party())) {
                each.remove();
                return id;
            }
        }
        return null;
    }

    private synchronized void free(PartyCode party) {
        busy.remove(party);
        notifyAll();
    }

    /** Returns when nobody works any more. */
    void stop() {
        perseverance.stop();
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
