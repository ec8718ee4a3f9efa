package io.chapar.attachments;

import io.chapar.accept.AttachmentLimits;
import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.record.AttachmentStore;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.HardenedJson;
import jakarta.jms.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Four files of 50 MB at once through a gateway that has less memory than they have together. */
class LargeAttachmentsTest {

    private static final int LARGEST = 50 << 20;

    /** So many go over queues. */
    private static final int QUEUED = 3;

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final PartyCode MFA = new PartyCode("MFA");
    private static final PartyCode MLSPP = new PartyCode("MLSPP");

    /** Without memory for one more it ends, instead of going on somehow. */
    private static final List<String> JVM = List.of(
            "-Xmx200m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private GatewayProcess gateway(GatewayProcess.Home home, PartyKeys keys, String... settings) throws Exception {
        GatewayProcess gateway = GatewayProcess.start(home, JVM, List.of(settings), folder.resolve("gateway.log"));
        gateway.awaitReady(keys);
        return gateway;
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.walk(data().resolve("attachments"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void large_files_arrive_whole_and_leave_nothing_behind_that_nothing_refers_to() throws Exception {
        Path certificates = folder.resolve("certificates");
        DevelopmentPki.make(certificates);
        PartyKeys chapar = PartyKeys.load(certificates, PartyCode.CHAPAR);
        PartyKeys sender = PartyKeys.load(certificates, LargeFile.SENDER);
        try (FileReceiver receiver = new FileReceiver(certificates, folder.resolve("received"))) {
            GatewayProcess.Home home = GatewayProcess.Home.fresh(data(), certificates, receiver.port());
            GatewayProcess gateway = gateway(home, chapar);
            try (GatewayConnection consulate = new GatewayConnection(home.address(), sender.client())) {
                Map<UUID, Digest> sent = four(consulate, sender);
                arrived(receiver, sent);
                fetched(home, PartyKeys.load(certificates, MLSPP), sent);
                Set<Path> kept = new HashSet<>(stored());
                assertThat(kept).hasSize(4);
                nowhereInClear();

                refused(consulate, sender);
                assertThat(stored()).containsExactlyInAnyOrderElementsOf(kept);

                parked(consulate, sender, receiver);
                kept.addAll(stored());
                assertThat(gateway.endedWithin(Duration.ZERO))
                        .as("memory sufficed")
                        .isFalse();

                killedWhileOneComes(gateway, consulate, sender, kept);
                gateway = gateway(
                        home,
                        chapar,
                        "--chapar.parties.MFA.channel=queue",
                        "--chapar.parties.MLSPP.channel=soap",
                        "--chapar.parties.MLSPP.address=https://localhost:" + receiver.port() + "/MLSPP/soap");
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(stored()).containsExactlyInAnyOrderElementsOf(kept));

                overQueues(home, certificates, consulate, receiver);
                assertThat(stored()).hasSize(kept.size() + QUEUED);
                assertThat(gateway.endedWithin(Duration.ZERO))
                        .as("memory sufficed")
                        .isFalse();
            } finally {
                gateway.kill();
            }
        }
    }

    private static Letter letter(byte[] file, Form form, PartyKeys sender) throws Exception {
        return Letters.of(LargeFile.draft(file, file), form, sender.signer());
    }

    /** By both doors, in both formats, at once. */
    private static Map<UUID, Digest> four(GatewayConnection consulate, PartyKeys sender) throws Exception {
        Map<UUID, Digest> sent = new HashMap<>();
        List<Letter> letters = new ArrayList<>();
        for (Form form : List.of(Form.REST_JSON, Form.REST_XML, Form.SOAP, Form.REST_JSON)) {
            byte[] file = LargeFile.bytes(LARGEST, letters.size());
            Letter letter = letter(file, form, sender);
            letters.add(letter);
            sent.put(letter.messageId(), Digest.of(file));
        }
        ExecutorService senders = Executors.newFixedThreadPool(letters.size());
        try {
            List<Future<Reply>> replies = new ArrayList<>();
            for (Letter letter : letters) {
                replies.add(senders.submit(() -> consulate.send(letter)));
            }
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().accepted()).as(reply.get().text()).isTrue();
            }
        } finally {
            senders.shutdownNow();
        }
        return sent;
    }

    private static void arrived(FileReceiver receiver, Map<UUID, Digest> sent) {
        await().atMost(LONG)
                .untilAsserted(() -> sent.forEach((messageId, digest) ->
                        assertThat(receiver.file(MFA, messageId)).contains(digest)));
    }

    /** The labour ministry has a mailbox. */
    private void fetched(GatewayProcess.Home home, PartyKeys keys, Map<UUID, Digest> sent) throws Exception {
        Map<UUID, Digest> fetched = new HashMap<>();
        AttachmentStore store = AttachmentStore.open(folder.resolve("fetched"), Clock.systemUTC());
        try (GatewayConnection ministry = new GatewayConnection(home.address(), keys.client())) {
            Reply reply = ministry.get("/api/v1/deliveries?max=1&wait=30");
            assertThat(reply.status()).isEqualTo(200);
            List<?> deliveries =
                    (List<?>) HardenedJson.parse(reply.body(), 80_000_000).getOrDefault("deliveries", List.of());
            Map<?, ?> delivery = (Map<?, ?>) deliveries.get(0);
            byte[] payload = Base64.getDecoder().decode(String.valueOf(delivery.get("payload")));
            Multipart parts = Multipart.parse(
                    ContentType.of(String.valueOf(delivery.get("contentType"))).orElseThrow(),
                    new ByteArrayInputStream(payload),
                    new AttachmentLimits(1 << 20, 1 << 30, 1 << 30),
                    store);
            fetched.put(
                    UUID.fromString(String.valueOf(delivery.get("messageId"))),
                    parts.attachments().get(0).content().digest());
        }
        assertThat(sent).containsAllEntriesOf(fetched);
        assertThat(fetched).hasSize(1);
    }

    private static void refused(GatewayConnection consulate, PartyKeys sender) throws Exception {
        byte[] tooLarge = LargeFile.bytes(LARGEST + 1, 5);
        Reply reply = consulate.send(letter(tooLarge, Form.REST_JSON, sender));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.refusal()).isEqualTo("too-large");

        byte[] described = LargeFile.bytes(LARGEST, 6);
        byte[] another = described.clone();
        another[LARGEST / 2] ^= 1;
        Draft draft = LargeFile.draft(described, another);
        Reply other = consulate.send(Letters.of(draft, Form.SOAP, sender.signer()));
        assertThat(other.refusal()).isEqualTo("rule");
        assertThat(other.text()).contains("/attachment/0/digest");
    }

    /** Its receiver is away; meanwhile somebody alters the file. When the receiver is back it gets nothing. */
    private void parked(GatewayConnection consulate, PartyKeys sender, FileReceiver receiver) throws Exception {
        Set<Path> before = new HashSet<>(stored());
        receiver.away(true);
        Letter letter = letter(LargeFile.bytes(5_000_000, 7), Form.REST_JSON, sender);
        assertThat(consulate.send(letter).accepted()).isTrue();
        Path file = stored().stream()
                .filter(path -> !before.contains(path))
                .findFirst()
                .orElseThrow();
        byte[] altered = Files.readAllBytes(file);
        altered[altered.length - 100] ^= 1;
        Files.write(file, altered);
        receiver.away(false);

        String history = "/api/v1/messages/" + letter.messageId();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(consulate.get(history).text()).contains("parked", "damaged"));
        assertThat(receiver.file(MFA, letter.messageId())).isEmpty();
    }

    private void killedWhileOneComes(
            GatewayProcess gateway, GatewayConnection consulate, PartyKeys sender, Set<Path> kept) throws Exception {
        Letter letter = letter(LargeFile.bytes(LARGEST, 8), Form.REST_JSON, sender);
        Thread sending = new Thread(() -> {
            try {
                consulate.send(letter);
            } catch (IOException killed) {
                Thread.currentThread().interrupt();
            }
        });
        sending.start();
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> stored().size() > kept.size());
        gateway.kill();
        sending.join();
        assertThat(stored()).hasSize(kept.size() + 1);
        for (Path file : stored()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
    }

    /** Written to a queue, and read from one; called as MTOM, while the consular register reads its queue. */
    private void overQueues(
            GatewayProcess.Home home, Path certificates, GatewayConnection consulate, FileReceiver receiver)
            throws Exception {
        AttachmentStore store = AttachmentStore.open(folder.resolve("read"), Clock.systemUTC());
        PartyKeys sender = PartyKeys.load(certificates, LargeFile.SENDER);
        Map<UUID, Digest> sent = new HashMap<>();
        try (PartyAtQueues writing = new PartyAtQueues(home, certificates, LargeFile.SENDER, store);
                PartyAtQueues reading = new PartyAtQueues(home, certificates, MFA, store)) {
            for (int i = 0; i < QUEUED; i++) {
                byte[] file = LargeFile.bytes(LARGEST, 9 + i);
                Letter letter = letter(file, i % 2 == 0 ? Form.REST_JSON : Form.REST_XML, sender);
                sent.put(letter.messageId(), Digest.of(file));
                writing.write(letter);
            }
            for (int i = 0; i < QUEUED; i++) {
                Message receipt = writing.read();
                assertThat(receipt.getStringProperty("kind")).isEqualTo("receipt");
            }
            refused(writing, sender);
            for (int i = 0; i < QUEUED; i++) {
                Message delivery = reading.read();
                UUID messageId = UUID.fromString(delivery.getStringProperty("messageId"));
                assertThat(reading.take(delivery)).isEqualTo(sent.get(messageId));
            }
        }
        for (UUID messageId : sent.keySet()) {
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(receiver.file(MLSPP, messageId)).contains(sent.get(messageId)));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(consulate
                                    .get("/api/v1/messages/" + messageId)
                                    .text())
                            .contains("\"state\":\"delivered\"")
                            .doesNotContain("waiting"));
        }
    }

    private static void refused(PartyAtQueues writing, PartyKeys sender) throws Exception {
        writing.write(letter(LargeFile.bytes(LARGEST + 1, 5), Form.REST_JSON, sender));
        Message problem = writing.read();
        assertThat(problem.getStringProperty("kind")).isEqualTo("problem");
        assertThat(new String(problem.getBody(byte[].class), StandardCharsets.UTF_8))
                .contains("too-large");
    }

    private void nowhereInClear() throws IOException {
        try (Stream<Path> all = Files.walk(data())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(contains(file, LargeFile.MARK)).as(file.toString()).isFalse();
            }
        }
    }

    private static boolean contains(Path file, String mark) throws IOException {
        byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
        int matched = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                // The mark's first letter stands in it only once, so no match can begin within another.
                matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
                if (matched == wanted.length) {
                    return true;
                }
            }
        }
        return false;
    }
}
