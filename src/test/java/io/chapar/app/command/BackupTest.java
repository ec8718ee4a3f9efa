package io.chapar.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.app.batch.BulkGateway;
import io.chapar.app.batch.Stays;
import io.chapar.attachments.LargeFile;
import io.chapar.message.Signer;
import io.chapar.record.Database;
import io.chapar.record.LedgerRows;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A gateway is copied while it works, loses everything but its keys, and starts from the copy; then it loses them, too. */
class BackupTest {

    private static final String STAYS = "/api/v1/exchanges/" + Stays.EXCHANGE;
    private static final String NDJSON = "application/x-ndjson";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Map<UUID, byte[]> documents = new HashMap<>();

    private record Said(int code, String text) {}

    /** What a command says, with the folders of this gateway. */
    private Said says(String... words) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = Commands.run(new CommandLine(new Commands()).setOut(out).setErr(out), words);
        return new Said(code, said.toString());
    }

    private String data() {
        return "--data=" + folder.resolve("data");
    }

    private String keys() {
        return "--keys=" + folder.resolve("keys");
    }

    /** Sends stays; what each was answered. */
    private Map<UUID, String> sent(BulkGateway gateway, int count) {
        Map<UUID, String> receipts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            documents.put(id, Stays.json(id));
            HttpResponse<String> reply = send(gateway, id);
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
            receipts.put(id, reply.body());
        }
        return receipts;
    }

    private HttpResponse<String> send(BulkGateway gateway, UUID id) {
        byte[] document = Objects.requireNonNull(documents.get(id));
        return gateway.post(
                "HOTEL-1", STAYS, document, gateway.keys("HOTEL-1").signer().detachedJws(document));
    }

    /** The migration service fetches so many and acknowledges them. */
    private static List<UUID> fetched(BulkGateway gateway, int most) {
        List<UUID> messages = new ArrayList<>();
        Signer signer = gateway.keys("SMS").signer();
        String path = "/api/v1/deliveries?max=" + most + "&wait=5";
        for (JsonNode delivery :
                BulkGateway.json(gateway.get("SMS", path).body()).at("/deliveries")) {
            String id = delivery.at("/deliveryId").asText();
            byte[] body = ("{\"deliveryId\":\"" + id + "\",\"digest\":\""
                            + delivery.at("/digest").asText() + "\",\"at\":\"2026-11-29T12:00:00+04:00\"}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(gateway.post(
                                    "SMS",
                                    "/api/v1/deliveries/" + id + "/acknowledgement",
                                    body,
                                    signer.detachedJws(body))
                            .statusCode())
                    .isEqualTo(204);
            messages.add(UUID.fromString(delivery.at("/messageId").asText()));
        }
        return messages;
    }

    private Letter withFile(BulkGateway gateway) throws Exception {
        byte[] file = LargeFile.bytes(300_000, 1);
        Letter letter = Letters.of(
                LargeFile.draft(file, file),
                Form.REST_JSON,
                gateway.keys(LargeFile.SENDER.value()).signer());
        try (GatewayConnection consulate = new GatewayConnection(
                URI.create("https://localhost:" + gateway.port()),
                gateway.keys(LargeFile.SENDER.value()).client())) {
            assertThat(consulate.send(letter).accepted()).isTrue();
        }
        return letter;
    }

    private Path files(String place) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(place).resolve("attachments"))) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private List<byte[]> events(Path place) throws IOException {
        try (Database database = Database.existing("", place)) {
            return new LedgerRows(database).events(0, Integer.MAX_VALUE);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void what_is_in_the_backup_is_there_again_what_is_not_is_told_and_can_be_sent_again() throws Exception {
        Path later = folder.resolve("later.checkpoint");
        Path backup = folder.resolve("backup");
        try (BulkGateway gateway = new BulkGateway(folder, "--chapar.keys.folder=" + folder.resolve("keys"))) {
            Map<UUID, String> before = sent(gateway, 20);
            Set<UUID> known = new HashSet<>(fetched(gateway, 10));
            withFile(gateway);
            String done = BulkGateway.address(Stays.EXCHANGE, UUID.randomUUID());
            String begun = BulkGateway.address(Stays.EXCHANGE, UUID.randomUUID());
            byte[] begunBody = batch(gateway, 3);
            String half = "bytes 0-99/" + begunBody.length;
            gateway.put("HOTEL-1", done, NDJSON, batch(gateway, 5));
            gateway.put("HOTEL-1", begun, NDJSON, Arrays.copyOf(begunBody, 100), "Content-Range", half);
            await().atMost(PATIENCE)
                    .until(() ->
                            gateway.status("HOTEL-1", done).path("accepted").asInt() == 5);

            Map<UUID, String> during = copiedMeanwhile(gateway, backup);
            Map<UUID, String> after = sent(gateway, 10);
            List<UUID> acknowledgedAfter = fetched(gateway, 7);
            Said checkpoint = settled(later);
            assertThat(checkpoint.code()).isZero();
            gateway.stop();
            Files.move(folder.resolve("data"), folder.resolve("lost"));

            refusedWithoutWord(gateway, backup);
            restored(backup);
            itIsTold(later, backup);
            gateway.startAgain();

            assertThat(says("equation", data()).code()).isZero();
            before.forEach((id, receipt) -> {
                HttpResponse<String> repeat = send(gateway, id);
                assertThat(repeat.statusCode()).isEqualTo(200);
                assertThat(repeat.body()).isEqualTo(receipt);
            });
            after.keySet()
                    .forEach(id -> assertThat(gateway.get("HOTEL-1", "/api/v1/messages/" + id)
                                    .statusCode())
                            .isEqualTo(404));
            // What has a receipt and is not known is sent again, and accepted as if it came for the first time.
            Stream.concat(during.keySet().stream(), after.keySet().stream())
                    .filter(id ->
                            gateway.get("HOTEL-1", "/api/v1/messages/" + id).statusCode() == 404)
                    .toList()
                    .forEach(id -> assertThat(send(gateway, id).statusCode()).isEqualTo(202));
            goesOn(gateway, begun, begunBody);

            Set<UUID> again = new HashSet<>();
            Set<UUID> all = new HashSet<>(before.keySet());
            all.addAll(during.keySet());
            all.addAll(after.keySet());
            all.removeAll(known);
            await().atMost(PATIENCE).until(() -> {
                again.addAll(fetched(gateway, 50));
                return again.containsAll(all);
            });
            assertThat(again).containsAll(acknowledgedAfter).doesNotContainAnyElementsOf(known);
            await().atMost(PATIENCE).until(() -> says("equation", data()).code() == 0);
            Said verified = says("ledger", "verify", data(), keys());
            assertThat(verified.code()).as(verified.text()).isZero();
            assertThat(verified.text())
                    .containsPattern("acknowledgements opened +[1-9]")
                    .containsPattern("their key destroyed +0\\n");
            allElseIsSavedWhenAFileIsLost();

            before.keySet().removeAll(known);
            theKeysAreLostToo(gateway, backup, before);
        }
    }

    /** Then nothing is left but the backup and the keys that were copied after it. */
    private void theKeysAreLostToo(BulkGateway gateway, Path backup, Map<UUID, String> waiting) throws IOException {
        gateway.stop();
        Files.move(folder.resolve("data"), folder.resolve("lost-again"));
        Files.move(folder.resolve("keys"), folder.resolve("lost-keys"));
        FileSystemUtils.copyRecursively(folder.resolve("keys-copy"), folder.resolve("keys"));

        Said said = says("restore", data(), keys(), "--from=" + backup);
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).doesNotContain("Without its key");
        gateway.startAgain();

        waiting.forEach((id, receipt) -> assertThat(send(gateway, id).body()).isEqualTo(receipt));
        Set<UUID> opened = new HashSet<>();
        await().atMost(PATIENCE).until(() -> {
            opened.addAll(fetched(gateway, 50));
            return opened.containsAll(waiting.keySet());
        });
        assertThat(sent(gateway, 1)).hasSize(1);
        assertThat(says("ledger", "verify", data(), keys()).code()).isZero();
    }

    private void allElseIsSavedWhenAFileIsLost() throws IOException {
        Path gone = files("data");
        Files.delete(gone);
        Path without = folder.resolve("without");

        Said said = says("backup", data(), keys(), "--to=" + without);

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("attachments             0", gone.getFileName().toString());
        assertThat(without.resolve("SHA256SUMS")).exists();
    }

    private static byte[] batch(BulkGateway gateway, int messages) {
        Signer hotel = gateway.keys("HOTEL-1").signer();
        return Stays.lines(Stream.generate(() -> Stays.flattened(hotel, Stays.json(UUID.randomUUID())))
                .limit(messages)
                .toList());
    }

    /** The copy is made while a hotel goes on sending. */
    private Map<UUID, String> copiedMeanwhile(BulkGateway gateway, Path backup) throws Exception {
        ExecutorService hotel = Executors.newSingleThreadExecutor();
        CountDownLatch copied = new CountDownLatch(1);
        Map<UUID, String> receipts = new LinkedHashMap<>();
        try {
            Future<?> sending = hotel.submit(() -> {
                do {
                    receipts.putAll(sent(gateway, 1));
                } while (copied.getCount() > 0);
            });
            String keysCopy = "--keys-to=" + folder.resolve("keys-copy");
            Said said = says("backup", data(), keys(), "--to=" + backup, keysCopy);
            copied.countDown();
            sending.get();
            assertThat(said.code()).as(said.text()).isZero();
            assertThat(said.text()).contains("chapar.local/ledger", "attachments             1");
            assertThat(folder.resolve("keys-copy/payload.p12"))
                    .hasSameBinaryContentAs(folder.resolve("keys/payload.p12"));
            try (Stream<Path> files = Files.walk(backup)) {
                assertThat(files).noneMatch(file -> file.toString().endsWith(".p12"));
            }
            assertThat(says("backup", data(), keys(), "--to=" + backup).text()).contains("is not empty");
            assertThat(says(
                                    "backup",
                                    data(),
                                    keys(),
                                    "--to=" + folder.resolve("b"),
                                    "--keys-to=" + folder.resolve("b/k"))
                            .text())
                    .contains("keys lie in no backup of the data");
        } finally {
            hotel.shutdownNow();
        }
        return receipts;
    }

    /** A checkpoint over all that was recorded is taken away. */
    private Said settled(Path later) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> says("ledger", "verify", data()).text().matches("(?s).*not yet entered +0\\n.*"));
        Said said = says("ledger", "checkpoint", data());
        Files.writeString(later, said.text());
        return said;
    }

    /** Somebody copies the files by hand, and starts. */
    private void refusedWithoutWord(BulkGateway gateway, Path backup) throws IOException {
        Path record = folder.resolve("data/chapar.db");
        Files.createDirectories(record.resolveSibling(""));
        Files.copy(backup.resolve("chapar.db"), record);

        assertThatThrownBy(gateway::startAgain)
                .rootCause()
                .hasMessageContaining("was restored from a backup")
                .hasMessageContaining("deploy/chapar ledger restored");

        Said twice = says("restore", data(), keys(), "--from=" + backup);
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.text()).contains("there is a record in");
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void restored(Path backup) throws IOException {
        Said keyless = says("restore", data(), "--from=" + backup);
        assertThat(keyless.code()).isEqualTo(2);
        assertThat(keyless.text()).contains("there are no keys in");

        Path file = files("backup");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Said altered = says("restore", data(), keys(), "--from=" + backup);
        assertThat(altered.code()).isEqualTo(2);
        assertThat(altered.text())
                .contains("the backup was altered", file.getFileName().toString());
        assertThat(folder.resolve("data/chapar.db")).doesNotExist();
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        Said said = says("restore", data(), keys(), "--from=" + backup);
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("entries are missing, from entry").doesNotContain("Without its key");
        assertThat(files("data")).hasSameBinaryContentAs(files("lost"));
    }

    /** Held against the lost record, which nobody but this test has. */
    private void itIsTold(Path later, Path backup) throws IOException {
        List<byte[]> lost = events(folder.resolve("lost"));
        List<byte[]> there = events(folder.resolve("data"));
        int same = there.size() - 1;
        for (int i = 0; i < same; i++) {
            assertThat(there.get(i)).isEqualTo(lost.get(i));
        }
        assertThat(new String(there.get(same), StandardCharsets.UTF_8))
                .contains("\"event\":\"restored\"", "\"lostSize\":" + lost.size());

        Said said = says(
                "ledger",
                "verify",
                data(),
                "--since-checkpoint=" + later,
                "--since-checkpoint=" + backup.resolve("checkpoint"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .contains("The ledger verifies.")
                .containsPattern("goes on from the checkpoint of [\\d,]+ entries")
                .containsPattern("does not go on from the checkpoint of " + grouped(lost.size()) + " entries")
                .containsPattern("missing +" + grouped(lost.size() - same) + "\\n")
                .containsPattern("first that is missing +" + grouped(same) + "\\n");
        assertThat(says("ledger", "verify", data(), "--since-checkpoint=" + backup.resolve("checkpoint"))
                        .code())
                .isZero();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Half of a batch had come when the copy was made. */
    private static void goesOn(BulkGateway gateway, String begun, byte[] body) {
        String rest = "bytes 100-" + (body.length - 1) + "/" + body.length;
        assertThat(gateway.put(
                                "HOTEL-1",
                                begun,
                                NDJSON,
                                Arrays.copyOfRange(body, 100, body.length),
                                "Content-Range",
                                rest)
                        .statusCode())
                .isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> gateway.status("HOTEL-1", begun).path("accepted").asInt() == 3);
    }
}
