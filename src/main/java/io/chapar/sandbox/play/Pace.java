package io.chapar.sandbox.play;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Does something many times at a steady rate, whether or not the earlier times are finished (an open loop): what is late
 * stays late, and nobody slows down for it.
 */
public final class Pace implements AutoCloseable {

    private final ScheduledExecutorService threads;

    public Pace(int threads) {
        this.threads = Executors.newScheduledThreadPool(threads, work -> {
            Thread thread = new Thread(work, "sandbox-sender");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns when the last time is finished. */
    public void run(int times, double perSecond, IntConsumer once) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(times);
        double nanosEach = 1e9 / perSecond;
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            int number = i;
            long delay = begin + (long) (number * nanosEach) - System.nanoTime();
            var unused = threads.schedule(
                    () -> {
                        try {
                            once.accept(number);
                        } finally {
                            open.countDown();
                        }
                    },
                    Math.max(0, delay),
                    TimeUnit.NANOSECONDS);
        }
        open.await();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
