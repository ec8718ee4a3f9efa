package io.chapar.sandbox.agency;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which child got which identification number, and whether the ministries were told. A number is on the disk before
 * anybody hears of it, so none is given twice, whatever is killed when.
 */
final class NumberBook implements AutoCloseable {

    /**
     * One number given. All of it is kept, so that telling it again after a crash says the same to the byte.
     *
     * @param place in the order of giving, from which the number is made
     * @param messageId under which the ministries are told
     */
    record Given(
            UUID deliveryId,
            UUID birthMessageId,
            UUID conversationId,
            long place,
            UUID messageId,
            String nonce,
            Instant at) {

        private String line() {
            return String.join(
                    " ",
                    "given",
                    deliveryId.toString(),
                    birthMessageId.toString(),
                    conversationId.toString(),
                    Long.toString(place),
                    messageId.toString(),
                    nonce,
                    at.toString());
        }

        private static Given of(String[] words) {
            return new Given(
                    UUID.fromString(words[1]),
                    UUID.fromString(words[2]),
                    UUID.fromString(words[3]),
                    Long.parseLong(words[4]),
                    UUID.fromString(words[5]),
                    words[6],
                    Instant.parse(words[7]));
        }
    }

    private final Map<UUID, Given> byDelivery = new ConcurrentHashMap<>();
    private final Set<UUID> told = ConcurrentHashMap.newKeySet();
    private final AtomicLong next = new AtomicLong();
    private final Journal journal;

    NumberBook(Path folder) {
        Path path = folder.resolve("identification-numbers");
        byte[] before = Journal.read(path);
        int whole = before.length;
        while (whole > 0 && before[whole - 1] != '\n') {
            whole--;
        }
        new String(before, 0, whole, StandardCharsets.UTF_8).lines().forEach(this::recall);
        this.journal = Journal.open(path, whole);
    }

    private void recall(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("told")) {
            told.add(UUID.fromString(words[1]));
        } else {
            Given given = Given.of(words);
            byDelivery.put(given.deliveryId(), given);
            next.accumulateAndGet(given.place() + 1, Math::max);
        }
    }

    /** The next number in the order of giving. */
    long place() {
        return next.getAndIncrement();
    }

    /** Returns whether it is new; when it returns, it is on the disk. */
    boolean give(Given given) {
        Given kept = byDelivery.computeIfAbsent(given.deliveryId(), id -> {
            append(given.line());
            return given;
        });
        return kept == given;
    }

    boolean knows(UUID deliveryId) {
        return byDelivery.containsKey(deliveryId);
    }

    void told(Given given) {
        told.add(given.messageId());
        append("told " + given.messageId());
    }

    /** Numbers of which the ministries have not been told, oldest first. */
    List<Given> untold() {
        List<Given> untold = new ArrayList<>(byDelivery.values());
        untold.removeIf(given -> told.contains(given.messageId()));
        untold.sort(Comparator.comparingLong(Given::place));
        return untold;
    }

    private void append(String line) {
        journal.append((line + "\n").getBytes(StandardCharsets.UTF_8)).join();
    }

    @Override
    public void close() {
        journal.close();
    }
}
