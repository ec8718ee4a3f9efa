package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.message.Signer;
import io.chapar.trust.OcspAuthority;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.chapar.app.batch.Stays.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages of one batch that belong together: by their ordering key, or because one corrects the other. A hotel of which
 * another authority's responder says how it stands shares the gateway.
 */
class OrderInBatchTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final int OF_ONE_KEY = 12;

    @TempDir
    static Path folder;

    private static OcspAuthority otherAuthority;
    private static BulkGateway gateway;
    private static Signer hotel;

    private final String path = BulkGateway.address(EXCHANGE, UUID.randomUUID());

    @BeforeAll
    static void start() throws IOException {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        otherAuthority = new OcspAuthority();
        otherAuthority.certifies(certificates, "HOTEL-2");
        gateway = new BulkGateway(folder, otherAuthority.settings(folder).toArray(String[]::new));
        hotel = gateway.keys("HOTEL-1").signer();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        otherAuthority.close();
    }

    @Test
    void lines_of_one_ordering_key_arrive_in_their_order_whatever_stands_between_them() {
        List<UUID> ids = IntStream.range(0, 3 * OF_ONE_KEY)
                .mapToObj(i -> UUID.randomUUID())
                .toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            lines.add(line(i % 3 == 2 ? plain(ids.get(i)) : keyed(plain(ids.get(i)), "room-" + i % 3)));
        }

        assertThat(codes(lines)).containsOnly("").hasSize(ids.size());

        List<UUID> arrived = arrived(ids);
        for (int key = 0; key < 2; key++) {
            int of = key;
            List<UUID> sent = IntStream.range(0, ids.size())
                    .filter(i -> i % 3 == of)
                    .mapToObj(ids::get)
                    .toList();
            assertThat(arrived).filteredOn(sent::contains).isEqualTo(sent);
        }
    }

    @Test
    void a_line_may_correct_or_withdraw_an_earlier_one_and_arrives_behind_it() {
        UUID stay = UUID.randomUUID();
        UUID corrected = UUID.randomUUID();
        UUID withdrawn = UUID.randomUUID();
        UUID other = UUID.randomUUID();

        assertThat(codes(List.of(
                        line(plain(stay)),
                        line(plain(other)),
                        line(correcting(corrected, "correct", stay)),
                        line(correcting(withdrawn, "withdraw", corrected)))))
                .containsOnly("");

        assertThat(arrived(List.of(stay, other, corrected, withdrawn)))
                .filteredOn(id -> !id.equals(other))
                .containsExactly(stay, corrected, withdrawn);
        JsonNode history = gateway.status("HOTEL-1", "/api/v1/messages/" + stay);
        assertThat(history.path("correctedBy").findValuesAsText("action")).containsExactly("correct", "withdraw");
    }

    @Test
    void refused_when_what_a_line_corrects_was_refused_or_is_withdrawn() {
        UUID broken = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        String withoutGuest = plain(broken).replace("\"guest\"", "\"host\"");

        assertThat(codes(List.of(
                        line(withoutGuest),
                        line(correcting(UUID.randomUUID(), "correct", broken)),
                        line(plain(gone)),
                        line(correcting(UUID.randomUUID(), "withdraw", gone)),
                        line(correcting(UUID.randomUUID(), "correct", gone)))))
                .containsExactly("schema", "rule", "", "", "rule");
    }

    @Test
    void refused_when_a_correction_has_another_ordering_key() {
        UUID stay = UUID.randomUUID();

        assertThat(codes(List.of(
                        line(keyed(plain(stay), "room-7")),
                        line(keyed(correcting(UUID.randomUUID(), "correct", stay), "room-8")),
                        line(keyed(correcting(UUID.randomUUID(), "correct", stay), "room-7")))))
                .containsExactly("", "rule", "");
    }

    @Test
    void documents_of_a_zip_keep_the_same_order() {
        List<UUID> ids =
                IntStream.range(0, OF_ONE_KEY).mapToObj(i -> UUID.randomUUID()).toList();
        Object[] entries = new Object[2 * OF_ONE_KEY];
        for (int i = 0; i < OF_ONE_KEY; i++) {
            String xml = new String(Stays.xml(ids.get(i)), StandardCharsets.UTF_8)
                    .replace("</nonce>", "</nonce><orderingKey>floor-3</orderingKey>");
            String last = i < OF_ONE_KEY - 1
                    ? xml
                    : xml.replace(
                            "<action>new</action>", "<action>withdraw</action><corrects>" + ids.get(0) + "</corrects>");
            // names do not order them, places do
            entries[2 * i] = (OF_ONE_KEY - i) + ".xml";
            entries[2 * i + 1] = hotel.xml(last.getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> answer = gateway.put("HOTEL-1", path, "application/zip", Stays.zip(entries));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(codes()).containsOnly("").hasSize(OF_ONE_KEY);
        assertThat(arrived(ids)).isEqualTo(ids);
    }

    @Test
    void a_hotel_is_refused_when_its_authoritys_responder_is_away_too_long_and_when_it_says_revoked() {
        Registering other = new Registering(gateway, "HOTEL-2");
        Registering listed = new Registering(gateway, "HOTEL-1");
        other.untilAnswered(202, "");

        otherAuthority.says(OcspAuthority.Says.NOTHING);
        other.untilAnswered(503, "\"not-durable\"");
        assertThat(listed.one().statusCode()).isEqualTo(202);

        otherAuthority.says(OcspAuthority.Says.REVOKED);
        other.untilAnswered(401, "\"certificate-revoked\"");
        assertThat(listed.one().statusCode()).isEqualTo(202);
    }

    private static String plain(UUID id) {
        return new String(Stays.json(id), StandardCharsets.UTF_8);
    }

    private static String keyed(String message, String key) {
        return message.replace("\"nonce\":", "\"orderingKey\":\"" + key + "\",\"nonce\":");
    }

    private static String correcting(UUID id, String action, UUID original) {
        return plain(id)
                .replace("\"action\": \"new\"", "\"action\":\"" + action + "\",\"corrects\":\"" + original + "\"");
    }

    private static String line(String message) {
        return Stays.flattened(hotel, message.getBytes(StandardCharsets.UTF_8));
    }

    /** What became of each line: the code of its problem, or nothing. */
    private List<String> codes(List<String> lines) {
        HttpResponse<String> answer = gateway.put("HOTEL-1", path, NDJSON, Stays.lines(lines));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return codes();
    }

    private List<String> codes() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        gateway.status("HOTEL-1", path).path("state").asText().equals("done"));
        return gateway.receipts("HOTEL-1", path, 1).stream()
                .map(line -> line.path("problem").path("code").asText())
                .toList();
    }

    /** Empties the receiver's mailbox until all of these have come, and tells in which order they did. */
    private static List<UUID> arrived(List<UUID> wanted) {
        List<UUID> arrived = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            JsonNode deliveries =
                    gateway.status("SMS", "/api/v1/deliveries?max=100&wait=2").path("deliveries");
            for (JsonNode delivery : deliveries) {
                Optional.of(UUID.fromString(delivery.path("messageId").asText()))
                        .filter(wanted::contains)
                        .ifPresent(arrived::add);
                acknowledge(delivery);
            }
            return arrived.size() >= wanted.size();
        });
        return arrived;
    }

    private static void acknowledge(JsonNode delivery) {
        String id = delivery.path("deliveryId").asText();
        byte[] body = ("{\"deliveryId\":\"" + id + "\",\"digest\":\""
                        + delivery.path("digest").asText() + "\",\"at\":\"" + Instant.now() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = gateway.post(
                "SMS",
                "/api/v1/deliveries/" + id + "/acknowledgement",
                body,
                gateway.keys("SMS").signer().detachedJws(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
}
