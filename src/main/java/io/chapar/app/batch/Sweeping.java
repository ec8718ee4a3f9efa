package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets batches that were kept as long as they are to be, and uploads that nobody goes on with. */
final class Sweeping {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);

    /** The folders of a party, of its exchange, and of the batch. */
    private static final int DEPTH = 3;

    private final Batches batches;
    private final BatchSettings settings;
    private final Clock clock;

    Sweeping(Batches batches, BatchSettings settings, Clock clock) {
        this.batches = batches;
        this.settings = settings;
        this.clock = clock;
    }

    /** Goes over all of them once; one that cannot be read is in no other's way. */
    void sweep() {
        try (Stream<Path> folders =
                Files.find(settings.folder(), DEPTH, (path, what) -> what.isDirectory() && depth(path) == DEPTH)) {
            folders.forEach(this::look);
        } catch (IOException | RuntimeException | Error e) {
            // Whatever is thrown from here would end the sweeping for ever.
            LOG.error("batches that are kept no longer could not all be forgotten", e);
        }
    }

    private int depth(Path path) {
        return settings.folder().relativize(path).getNameCount();
    }

    private void look(Path folder) {
        try {
            Path names = settings.folder().relativize(folder);
            BatchId id = new BatchId(
                    new PartyCode(names.getName(0).toString()),
                    names.getName(1).toString(),
                    UUID.fromString(names.getName(2).toString()));
            if (batches.delete(id, this::isOver)) {
                LOG.info("a batch is forgotten, {}", id);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("a batch could not be looked at, {}", folder, e);
        }
    }

    private boolean isOver(BatchFacts facts) {
        Instant now = clock.instant();
        return switch (facts.state()) {
            case RECEIVING -> facts.changed().plus(settings.incomplete()).isBefore(now);
            case WORKING -> false;
            case DONE, REFUSED ->
                facts.keptUntil().map(until -> until.isBefore(now)).orElse(false);
        };
    }
}
