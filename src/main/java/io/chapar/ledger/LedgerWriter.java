package io.chapar.ledger;

import io.chapar.trust.NoteKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders what was recorded into the tree, in batches, within the merge delay. One writes at a time over all nodes; each
 * batch is entries and a signed checkpoint, durable together.
 */
public final class LedgerWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int LARGEST_BATCH = 2_000;

    private final LedgerStore store;
    private final NoteKey key;
    private final String origin;
    private final CheckpointFile newest;
    private final Clock clock;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chapar-ledger");
        thread.setDaemon(true);
        return thread;
    });

    private final Recurring writing = new Recurring("writing the ledger", this::write);
    private @Nullable ScheduledFuture<?> running;

    /**
     * @param origin the ledger's name, which stands in the first line of every checkpoint
     * @param newest where the newest checkpoint is kept, beside the key
     */
    public LedgerWriter(LedgerStore store, NoteKey key, String origin, CheckpointFile newest, Clock clock) {
        this.store = store;
        this.key = key;
        this.origin = origin;
        this.newest = newest;
        this.clock = clock;
    }

    /** Writes from now on, at twice the rate that the merge delay asks for. */
    public void start(Duration mergeDelay) {
        long between = Math.max(1, mergeDelay.toMillis() / 2);
        running = ticks.scheduleWithFixedDelay(writing, between, between, TimeUnit.MILLISECONDS);
    }

    /** Writes whatever was recorded and is not in the tree yet. Returns the number of entries written. */
    public long write() {
        long written = 0;
        boolean more = store.ours();
        while (more) {
            int batch = writeBatch();
            written += batch;
            more = batch == LARGEST_BATCH && store.ours();
        }
        return written;
    }

    private int writeBatch() {
        Frontier tree = store.head(Long.MAX_VALUE)
                .map(head -> Frontier.of(head.size(), head.frontier()))
                .orElseGet(Frontier::empty);
        long first = tree.size();
        List<byte[]> leaves =
                store.events(first, LARGEST_BATCH).stream().map(Merkle::leaf).toList();
        if (leaves.isEmpty()) {
            return 0;
        }
        leaves.forEach(tree::append);
        Checkpoint checkpoint = new Checkpoint(origin, tree.size(), tree.root());
        String note = key.signNote(checkpoint.text());
        store.append(new LedgerStore.Batch(first, leaves, tree.root(), tree.bytes(), note, clock.instant()));
        keep(note);
        return leaves.size();
    }

    /** After the record has it: so what the file says is never ahead of a record that lost nothing. */
    private void keep(String note) {
        try {
            newest.keep(note);
        } catch (IOException e) {
            LOG.warn(
                    "The newest checkpoint could not be written to {}; the next one will be: {}",
                    newest.path(),
                    e.toString());
        }
    }

    /** Finishes the batch at hand and what was recorded meanwhile. */
    @Override
    public void close() {
        ScheduledFuture<?> ticking = running;
        if (ticking != null) {
            ticking.cancel(false);
        }
        ticks.shutdown();
        try {
            if (!ticks.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The ledger's writer did not end in time; it goes on after the next start");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        writing.run();
    }
}
