package io.chapar.app.catalogue;

import io.chapar.message.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks every second whether the party directory changed, the file or a certificate that it names, and takes the new
 * one. Only a state that two looks saw the same is read: whoever writes the files may not have finished. What cannot be
 * taken leaves the old directory in force until the files change again.
 */
public final class PartyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartyWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ReloadableParties parties;
    private final ReloadableParties.Entrance entrance;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "party-directory");
        thread.setDaemon(true);
        return thread;
    });
    private Map<Path, Digest> seen = Map.of();
    private boolean toBeRepeated;
    private volatile boolean refused;

    public PartyWatch(ReloadableParties parties, ReloadableParties.Entrance entrance) {
        this.parties = parties;
        this.entrance = entrance;
    }

    public void start() {
        long pause = BETWEEN_LOOKS.toMillis();
        var unused = looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    void look() {
        try {
            compare();
        } catch (RuntimeException e) {
            // Whatever is thrown from here would end the looking for ever.
            LOG.atLevel(toBeRepeated ? Level.DEBUG : Level.WARN)
                    .setCause(e)
                    .log("a new party directory is there and could not be taken yet; the old one stays meanwhile");
            toBeRepeated = true;
        }
    }

    private void compare() {
        FilesRead read = parties.filesRead();
        Map<Path, Digest> now = read.now();
        boolean rests = now.equals(seen);
        seen = now;
        if (now.equals(read.then()) && !toBeRepeated) {
            return;
        }
        if (rests) {
            refused = !parties.reload(entrance);
            toBeRepeated = false;
            seen = Map.of();
        }
    }

    /** Whether what the files say now is not what is in force, because it cannot be. */
    public boolean refused() {
        return refused;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
