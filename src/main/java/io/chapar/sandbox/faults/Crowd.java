package io.chapar.sandbox.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The senders' threads. */
final class Crowd implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 5;

    private final ExecutorService threads;
    private final List<Future<?>> sending = new ArrayList<>();
    private volatile boolean enough;

    Crowd(int senders) {
        this.threads = Executors.newFixedThreadPool(senders, work -> {
            Thread thread = new Thread(work, "faults-sender");
            thread.setDaemon(true);
            return thread;
        });
    }

    void begin(Sender sender) {
        sending.add(threads.submit(() -> {
            sender.send(() -> enough);
            return null;
        }));
    }

    /** Whoever failed tells it; the others go on until then. */
    void check() throws ExecutionException, InterruptedException {
        for (Future<?> one : sending) {
            if (one.isDone()) {
                one.get();
            }
        }
    }

    /** Whether nobody sends any more. */
    boolean ended() {
        return sending.stream().allMatch(Future::isDone);
    }

    /** Returns when each has the receipt of what it began. */
    void end() throws ExecutionException, InterruptedException, TimeoutException {
        enough = true;
        for (Future<?> one : sending) {
            one.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
