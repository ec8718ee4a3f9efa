package io.chapar.app.reload;

import io.chapar.message.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks every second whether files changed, and has them read again. Only a state that two looks saw the same is read:
 * whoever writes the files may not have finished. What cannot be taken leaves the old in force until the files change again.
 */
public final class FilesWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilesWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final String what;
    private final Supplier<FilesRead> files;
    private final BooleanSupplier reading;
    private final ScheduledExecutorService looks;
    private Map<Path, Digest> seen = Map.of();
    private boolean toBeRepeated;
    /** The last failure; it is told once, and each other one too. */
    private String told = "";

    private volatile boolean refused;

    /**
     * @param what the files say, for the log
     * @param files of the last reading, taken or not
     * @param reading reads them again, and says whether it took what they say; what it throws is tried again
     */
    public FilesWatch(String what, Supplier<FilesRead> files, BooleanSupplier reading) {
        this.what = what;
        this.files = files;
        this.reading = reading;
        this.looks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "looks at the " + what);
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        long pause = BETWEEN_LOOKS.toMillis();
        var unused = looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** As each second once it was started. */
    public void look() {
        try {
            compare();
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here would end the looking for ever.
            LOG.atLevel(e.toString().equals(told) ? Level.DEBUG : Level.WARN)
                    .setCause(e)
                    .log("the {} changed and could not be taken yet; the old stays meanwhile", what);
            told = e.toString();
            toBeRepeated = true;
            refused = true;
        }
    }

    private void compare() {
        FilesRead read = files.get();
        Map<Path, Digest> now = read.now();
        boolean rests = now.equals(seen);
        seen = now;
        if (now.equals(read.then()) && !toBeRepeated) {
            return;
        }
        if (rests) {
            refused = !reading.getAsBoolean();
            toBeRepeated = false;
            told = "";
            seen = Map.of();
        }
    }

    /** Whether what the files say now is not what is in force, because it cannot be, or could not be taken yet. */
    public boolean refused() {
        return refused;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
