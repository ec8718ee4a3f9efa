package io.chapar.attachments;

import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.TestCertificates;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Four files at once, over REST, SOAP and queues and out by every channel, through a gateway that has less memory than they
 * have together. Two have the 50 MB that a file may have; with {@code -Dchapar.test.attachments=all} all four.
 */
class LargeAttachmentsTest {

    private static final int LARGEST = 50 << 20;
    private static final int LARGE = "all".equals(System.getProperty("chapar.test.attachments")) ? LARGEST : 1 << 20;
    private static final int USUAL = 300_000;
    private static final PartyCode SBS = new PartyCode("SBS");
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** A letter, and what its receivers must get. */
    private record Sent(Letter letter, Digest file) {

        UUID messageId() {
            return letter.messageId();
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void large_files_arrive_whole_and_leave_nothing_behind_that_nothing_refers_to() throws Exception {
        TestCertificates.in(SmallGateway.certificates(folder));
        DataFolder data = new DataFolder(folder.resolve("data"));
        Path unfinished = data.unfinished();
        try (FileReceiver receiver = new FileReceiver(SmallGateway.certificates(folder));
                SmallGateway gateway = new SmallGateway(folder, data, receiver)) {
            gateway.awaitReady();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(unfinished).as("swept").doesNotExist());
            through(gateway, data, receiver);
            assertThat(gateway.ended()).as("memory did not suffice").isFalse();
        }
        // Now that nothing comes and goes there any more.
        assertThat(data.withClear(LargeFile.MARK)).isEmpty();
    }

    private static void through(SmallGateway gateway, DataFolder data, FileReceiver receiver) throws Exception {
        PartyKeys istanbul = gateway.keys(LargeFile.SENDER);
        PartyKeys border = gateway.keys(SBS);
        try (GatewayConnection consulate = gateway.connection(LargeFile.SENDER);
                GatewayConnection post = gateway.connection(SBS);
                PartyAtQueues writing = new PartyAtQueues(gateway.home(), istanbul);
                PartyAtQueues alsoWriting = new PartyAtQueues(gateway.home(), border)) {
            Sent altered = altered(post, border, data, receiver);

            Sent forNow = sent(LargeFile.REGISTRATION, LARGEST, 1, Form.REST_JSON, istanbul);
            Sent forGood = forGood(istanbul);
            Sent referred = sent(LargeFile.REFERRAL, LARGE, 3, Form.SOAP, border);
            Sent alsoReferred = sent(LargeFile.REFERRAL, LARGE, 4, Form.REST_XML, border);
            atOnce(List.of(
                    () -> accepted(consulate, forNow),
                    () -> accepted(writing, forGood),
                    () -> accepted(post, referred),
                    () -> accepted(alsoWriting, alsoReferred)));

            read(gateway, Map.of(forNow.messageId(), forNow.file(), forGood.messageId(), forGood.file()));
            fetched(gateway, forNow);
            called(receiver, SmallGateway.SPR, forNow);
            called(receiver, SmallGateway.SMS, referred);
            called(receiver, SmallGateway.SMS, alsoReferred);
            refused(consulate, writing, istanbul);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(history(post, altered)).contains("parked", "damaged"));
            assertThat(receiver.file(SmallGateway.SMS, altered.messageId())).isEmpty();
            for (Sent each : List.of(forNow, forGood)) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(history(consulate, each))
                                .contains("\"state\":\"delivered\"")
                                .doesNotContain("waiting"));
            }
            assertThat(data.attachments()).hasSize(5);
            await().atMost(LONG).untilAsserted(() -> assertThat(data.queued()).isEmpty());
        }
    }

    private static Sent sent(ExchangeVersion exchange, int size, int seed, Form form, PartyKeys sender)
            throws Exception {
        byte[] file = LargeFile.bytes(size, seed);
        Digest digest = Digest.of(file);
        return new Sent(Letters.of(LargeFile.draft(exchange, digest, file), form, sender.signer()), digest);
    }

    /** A registration that only the consular register receives. */
    private static Sent forGood(PartyKeys sender) throws Exception {
        byte[] file = LargeFile.bytes(LARGEST, 2);
        Digest digest = Digest.of(file);
        Draft draft = LargeFile.draft(LargeFile.REGISTRATION, digest, file);
        Map<Object, Object> stay = new LinkedHashMap<>(
                (Map<?, ?>) Objects.requireNonNull(draft.content().get("stayAbroad")));
        stay.put("kind", "permanent");
        draft.content().put("stayAbroad", stay);
        return new Sent(Letters.of(draft, Form.REST_JSON, sender.signer()), digest);
    }

    private static String history(GatewayConnection sender, Sent sent) throws Exception {
        return sender.get("/api/v1/messages/" + sent.messageId()).text();
    }

    /** Its receiver is away; meanwhile somebody alters the file. When the receiver is back it gets nothing. */
    private static Sent altered(GatewayConnection post, PartyKeys sender, DataFolder data, FileReceiver receiver)
            throws Exception {
        receiver.away(true);
        Sent sent = sent(LargeFile.REFERRAL, USUAL, 5, Form.REST_JSON, sender);
        accepted(post, sent);
        await().atMost(LONG).until(receiver::missed);
        Path file = data.attachments().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 100] ^= 1;
        Files.write(file, bytes);
        receiver.away(false);
        return sent;
    }

    private static void atOnce(List<Callable<Void>> sending) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(sending.size());
        try {
            for (Future<Void> each : senders.invokeAll(sending)) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static Void accepted(GatewayConnection connection, Sent sent) throws Exception {
        Reply reply = connection.send(sent.letter());
        assertThat(reply.accepted()).as(reply.text()).isTrue();
        return null;
    }

    private static Void accepted(PartyAtQueues queues, Sent sent) throws Exception {
        queues.write(sent.letter());
        Message answer = queues.read();
        assertThat(answer.getStringProperty("kind")).as(text(answer)).isEqualTo("receipt");
        return null;
    }

    private static String text(Message answer) throws Exception {
        return new String(answer.getBody(byte[].class), StandardCharsets.UTF_8);
    }

    private static void read(SmallGateway gateway, Map<UUID, Digest> expected) throws Exception {
        Set<UUID> come = new HashSet<>();
        try (PartyAtQueues reading = new PartyAtQueues(gateway.home(), gateway.keys(SmallGateway.MFA))) {
            while (come.size() < expected.size()) {
                Message delivery = reading.read();
                UUID messageId = UUID.fromString(delivery.getStringProperty("messageId"));
                assertThat(reading.take(delivery)).isEqualTo(expected.get(messageId));
                come.add(messageId);
            }
        }
    }

    private static void fetched(SmallGateway gateway, Sent expected) throws Exception {
        try (GatewayConnection ministry = gateway.connection(SmallGateway.MLSPP)) {
            Reply reply = ministry.get("/api/v1/deliveries?max=1&wait=30");
            assertThat(reply.status()).isEqualTo(200);
            List<?> deliveries =
                    (List<?>) HardenedJson.parse(reply.body(), 80_000_000).getOrDefault("deliveries", List.of());
            Map<?, ?> delivery = (Map<?, ?>) deliveries.get(0);
            assertThat(delivery.get("messageId"))
                    .hasToString(expected.messageId().toString());
            Parts parts = Parts.of(Base64.getDecoder().decode(String.valueOf(delivery.get("payload"))));
            assertThat(parts.file()).isEqualTo(expected.file());
            String id = String.valueOf(delivery.get("deliveryId"));
            byte[] json = HardenedJson.write(Acknowledgement.of(id, Digest.of(parts.document())));
            Reply taken = ministry.post(
                    "/api/v1/deliveries/" + id + "/acknowledgement",
                    json,
                    gateway.keys(SmallGateway.MLSPP).signer().detachedJws(json));
            assertThat(taken.status()).as(taken.text()).isEqualTo(204);
        }
    }

    private static void called(FileReceiver receiver, PartyCode party, Sent sent) {
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(receiver.file(party, sent.messageId())).contains(sent.file()));
    }

    private static void refused(GatewayConnection consulate, PartyAtQueues writing, PartyKeys sender) throws Exception {
        writing.write(sent(LargeFile.REGISTRATION, LARGEST + 1, 6, Form.REST_JSON, sender)
                .letter());
        Message problem = writing.read();
        assertThat(problem.getStringProperty("kind")).isEqualTo("problem");
        assertThat(text(problem)).contains("too-large");

        Digest another = Digest.of(LargeFile.bytes(USUAL, 7));
        Draft draft = LargeFile.draft(LargeFile.REGISTRATION, another, LargeFile.bytes(USUAL, 8));
        Reply other = consulate.send(Letters.of(draft, Form.SOAP, sender.signer()));
        assertThat(other.refusal()).isEqualTo("rule");
        assertThat(other.text()).contains("/attachment/0/digest");
    }
}
