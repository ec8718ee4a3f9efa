package io.chapar.app.batch;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.Signer;
import io.chapar.record.MessageRecord;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static java.util.concurrent.TimeUnit.MINUTES;

/** Everything about batches, put together: the door, those who work behind it, and who sweeps. */
public final class BatchKeeping implements AutoCloseable {

    private static final int SWEPT_EVERY_MINUTES = 60;

    /** Of all parties. Each holds a few megabytes of messages, and 32 bytes for each message of one signed as a whole. */
    private static final int MOST_BEGUN = 32;

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Batches batches;
    private final Workers workers;
    private final Sweeping sweeping;
    private final BatchDoor door;
    private final ExecutorService messages;
    private final ScheduledExecutorService sweeper;

    public BatchKeeping(
            BatchSettings settings,
            StraightWay way,
            CallerIdentity identity,
            Catalogue catalogue,
            MessageRecord record,
            RefusedAttempts attempts,
            PayloadKeys keys,
            BatchSignatures signatures,
            Signer signer,
            Metrics metrics,
            Clock clock) {
        AtomicInteger number = new AtomicInteger();
        this.messages = Executors.newFixedThreadPool(
                settings.messagesAtOnce(), work -> daemon(work, "batch-message-" + number.incrementAndGet()));
        this.sweeper = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "batch-sweeper"));
        Endings endings = new Endings(catalogue, keys, settings.kept(), clock);
        this.batches = new Batches(settings, endings, keys, clock);
        BatchMeans means = new BatchMeans(
                batches,
                way,
                identity,
                attempts,
                signer,
                metrics,
                new Inspection(settings, signatures),
                endings,
                settings,
                record::healthy,
                stopping::get,
                messages,
                clock);
        this.workers = new Workers(means::begin, new BatchTurns(MOST_BEGUN), settings.atOnce(), AFTER_A_FAILURE);
        this.sweeping = new Sweeping(batches, settings, clock);
        this.door = new BatchDoor(batches, workers, catalogue, attempts, settings, clock);
    }

    public BatchDoor door() {
        return door;
    }

    /** Goes on with what was not done when the gateway stopped. */
    public void start() {
        batches.toDo().forEach(workers::add);
        workers.start();
        ScheduledFuture<?> unused = sweeper.scheduleWithFixedDelay(sweeping::sweep, 1, SWEPT_EVERY_MINUTES, MINUTES);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        sweeper.shutdownNow();
        stopping.set(true);
        workers.stop();
        messages.shutdown();
        batches.close();
    }
}
