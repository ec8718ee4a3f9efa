package io.chapar.sandbox.agency;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which deliveries had their effect already, so that a repeat is told from a first time, after a restart too. A delivery
 * is remembered on the disk before it is acknowledged: a crash in between makes a repeat, never a loss.
 */
public final class DeliveryMemory implements AutoCloseable {

    private static final int ENTRY = 16;
    private static final CompletableFuture<Void> KNOWN = CompletableFuture.completedFuture(null);

    private final Map<UUID, CompletableFuture<Void>> seen = new ConcurrentHashMap<>();
    private final Optional<Journal> journal;

    private DeliveryMemory(Optional<Path> path) {
        this.journal = path.map(file -> {
            byte[] before = Journal.read(file);
            int whole = before.length - before.length % ENTRY;
            ByteBuffer ids = ByteBuffer.wrap(before, 0, whole);
            while (ids.hasRemaining()) {
                seen.put(new UUID(ids.getLong(), ids.getLong()), KNOWN);
            }
            return Journal.open(file, whole);
        });
    }

    public static DeliveryMemory onDisk(Path folder) {
        return new DeliveryMemory(Optional.of(folder.resolve("deliveries.ids")));
    }

    /** For measurements: forgotten when the process ends, and no fsync of the agencies beside those of the gateway. */
    public static DeliveryMemory whileRunning() {
        return new DeliveryMemory(Optional.empty());
    }

    /** Returns whether this is the first time; when it returns, the delivery is remembered. */
    boolean first(UUID delivery) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = seen.putIfAbsent(delivery, mine);
        if (other != null) {
            other.join();
            return false;
        }
        if (journal.isEmpty()) {
            mine.complete(null);
            return true;
        }
        byte[] entry = ByteBuffer.allocate(ENTRY)
                .putLong(delivery.getMostSignificantBits())
                .putLong(delivery.getLeastSignificantBits())
                .array();
        try {
            journal.get().append(entry).join();
        } catch (CompletionException e) {
            seen.remove(delivery);
            mine.completeExceptionally(e);
            throw e;
        }
        seen.put(delivery, KNOWN);
        mine.complete(null);
        return true;
    }

    @Override
    public void close() {
        journal.ifPresent(Journal::close);
    }
}
