package io.chapar.sandbox.faults;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says every few seconds how it goes. */
final class Pulse implements AutoCloseable {

    private static final int EVERY_SECONDS = 10;

    private final long begin = System.nanoTime();
    private final ScheduledExecutorService timer;

    Pulse(Report report, Troubles troubles, Tally tally, Sightings sightings) {
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "faults-pulse");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleAtFixedRate(
                () -> report.line(
                        "%5d s  faults %,d  receipts %,d  arrived %,d  on the way %,d  now: %s",
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                        troubles.times(),
                        tally.receipts(),
                        sightings.arrivals(),
                        sightings.onTheWay(),
                        troubles.lasting()),
                EVERY_SECONDS,
                EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
