package io.chapar.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The end of an orderly stop, at the latest. Each part waits a while for what it has in hand, and while database and broker
 * are both away these add up to minutes. What is ended here is as if it was killed, and that loses nothing.
 */
final class LongestStop implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(LongestStop.class);

    private final Runnable end;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param end ends the process at once */
    LongestStop(Runnable end) {
        this.end = end;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (!begun.getAndSet(true)) {
            Duration longest = DurationStyle.detectAndParse(
                    closed.getApplicationContext().getEnvironment().resolvePlaceholders("${chapar.longest-stop:60s}"));
            begin(Thread.currentThread(), longest);
        }
    }

    private void begin(Thread stopping, Duration longest) {
        // A thread of its own, when it is time: whatever hangs has no part in it, and no process is kept alive.
        Executor ending = task -> new Thread(task, "chapar-longest-stop").start();
        CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS, ending)
                .execute(() -> endNow(stopping, longest));
    }

    private void endNow(Thread stopping, Duration longest) {
        Throwable where = new IllegalStateException("the stop waited here");
        where.setStackTrace(stopping.getStackTrace());
        LOG.error(
                "The stop has not come to its end within {} s (chapar.longest-stop), and the process ends now. Nothing is lost:"
                        + " what was in hand is done after the next start",
                longest.toSeconds(),
                where);
        end.run();
    }
}
