package io.chapar.record;

import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A gateway that is killed has kept every receipt that it gave. */
class CrashTest {

    private static final int RECEIPTS = 400;

    @TempDir
    Path folder;

    /** Accepts until it is killed, and prints each receipt's message id once it may be told. */
    public static final class Child {
        public static void main(String[] arguments) throws Exception {
            MessageRecord record = new MessageRecord(
                    Database.open(arguments[1], Path.of(arguments[0])),
                    PayloadKeys.open(Path.of(arguments[0], "keys"), Optional.empty()),
                    Messages.store(Path.of(arguments[0])),
                    Clock.systemUTC());
            for (int i = 0; i < 16; i++) {
                new Thread(() -> acceptForEver(record)).start();
            }
        }

        private static void acceptForEver(MessageRecord record) {
            try {
                while (true) {
                    UUID id = UUID.randomUUID();
                    record.accept(Messages.message(id, "{\"id\":\"" + id + "\"}", Optional.of("k"), Messages.SPR));
                    System.out.println("receipt " + id);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_receipt_that_was_told_is_there_after_a_kill(Databases kind) throws Exception {
        String url = kind.url();
        Path out = folder.resolve("out");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        url)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> told(out).size() >= RECEIPTS || !child.isAlive());
        } finally {
            child.destroyForcibly().waitFor();
        }
        List<UUID> told = told(out);

        assertThat(told).hasSizeGreaterThanOrEqualTo(RECEIPTS);
        try (Database database = Database.open(url, folder);
                MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC())) {
            Set<UUID> waiting = new HashSet<>();
            record.forEachWaiting(ticket ->
                    waiting.add(record.due(ticket.deliveryId()).orElseThrow().messageId()));
            assertThat(waiting).containsAll(told);
            assertThat(record.equation().holds()).isTrue();
        }
    }

    private static List<UUID> told(Path out) throws IOException {
        try (Stream<String> lines = Files.lines(out)) {
            return lines.filter(line -> line.startsWith("receipt ") && line.length() == 44)
                    .map(line -> UUID.fromString(line.substring(8)))
                    .toList();
        }
    }
}
