package io.chapar.app.broker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Starts a broker again that has stopped itself. Artemis does so when it cannot write its journal, most often because the
 * disk is full, and nobody else would start it.
 */
final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final long PAUSE_SECONDS = 3;

    private final BooleanSupplier stoppedItself;
    private final Runnable startAgain;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** The watching thread's alone. */
    private boolean told;

    /** @param startAgain throws what keeps it from starting */
    BrokerWatch(BooleanSupplier stoppedItself, Runnable startAgain) {
        this.stoppedItself = stoppedItself;
        this.startAgain = startAgain;
        var unused = looks.scheduleWithFixedDelay(this::look, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (stoppedItself.getAsBoolean()) {
                startAgain.run();
                told = false;
                LOG.warn("the broker had stopped itself, since it could not write its journal, and runs again");
            }
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the watch.
            LOG.atLevel(told ? Level.DEBUG : Level.ERROR)
                    .log(
                            "the broker has stopped itself, since it could not write its journal, and does not start: {}."
                                    + " Messages are accepted all the while; it is tried again every {} seconds",
                            e.getMessage(),
                            PAUSE_SECONDS);
            told = true;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
