package io.chapar.record;

import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerWriter;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how many messages a second become durable, and what CPU each costs. Run by hand: folder, URL (empty for
 * SQLite), messages, threads.
 */
final class RecordMeasurement {

    public static void main(String[] arguments) throws Exception {
        Path folder = arguments[0].isEmpty() ? Files.createTempDirectory("record") : Path.of(arguments[0]);
        int messages = Integer.parseInt(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        String content = "{\"x\":\"" + "y".repeat(1_500) + "\"}";
        try (Database database = Database.open(arguments[1], folder);
                MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC());
                LedgerTables tables = record.ledgerTables(database);
                LedgerWriter writer = new LedgerWriter(
                        tables,
                        NoteKey.open(folder.resolve("keys"), Optional.empty(), "measured", Clock.systemUTC()),
                        "measured",
                        new CheckpointFile(folder.resolve("keys")),
                        Clock.systemUTC())) {
            writer.start(Duration.ofSeconds(2));
            run(record, content, messages / 4, threads, "warm-up");
            run(record, content, messages, threads, "measured");
        }
    }

    private static void run(MessageRecord record, String content, int messages, int threads, String name)
            throws InterruptedException {
        AtomicInteger left = new AtomicInteger(messages);
        CountDownLatch done = new CountDownLatch(threads);
        long cpu = processCpu();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        try {
                            while (left.getAndDecrement() > 0) {
                                record.accept(Messages.message(
                                        UUID.randomUUID(), content, Optional.empty(), Messages.SPR, Messages.MJ));
                            }
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = (processCpu() - cpu) / 1e3 / messages;
        System.out.println(String.format(
                Locale.ROOT, "%s: %.0f messages a second, %.0f µs of CPU a message", name, messages / seconds, micros));
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
