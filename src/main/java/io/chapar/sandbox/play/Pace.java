package io.chapar.sandbox.play;

import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
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
        Phaser open = new Phaser(1);
        double nanosEach = 1e9 / perSecond;
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            int number = i;
            open.register();
            long delay = begin + (long) (number * nanosEach) - System.nanoTime();
            var unused = threads.schedule(
                    () -> {
                        try {
                            once.accept(number);
                        } finally {
                            open.arriveAndDeregister();
                        }
                    },
                    Math.max(0, delay),
                    TimeUnit.NANOSECONDS);
        }
        open.awaitAdvanceInterruptibly(open.arrive());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
