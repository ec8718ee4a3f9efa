package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.message.Signer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.chapar.app.batch.Stays.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Hotels upload batches to a whole gateway, over mutual TLS. */
class BulkTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String ZIP = "application/zip";

    @TempDir
    static Path folder;

    private static BulkGateway gateway;
    private static Signer hotel;

    private final UUID batch = UUID.randomUUID();
    private final String path = BulkGateway.address(EXCHANGE, batch);

    @BeforeAll
    static void start() throws IOException {
        gateway = new BulkGateway(
                folder,
                "--chapar.batches.open-for-each=2",
                "--chapar.batches.largest-message=20000",
                "--chapar.batches.most-messages=60",
                "--chapar.batches.most-bytes=2000000",
                "--chapar.batches.most-unpacked=3000000");
        hotel = gateway.keys("HOTEL-1").signer();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void each_line_has_its_receipt_and_a_bad_one_refuses_itself_alone() {
        UUID first = UUID.randomUUID();
        UUID last = UUID.randomUUID();
        String good = Stays.flattened(hotel, Stays.json(first));
        List<String> lines = List.of(
                good,
                "{",
                "",
                Stays.flattened(gateway.keys("HOTEL-2").signer(), Stays.json(UUID.randomUUID())),
                Stays.flattened(hotel, Stays.json(UUID.randomUUID()))
                        .replaceFirst("\"payload\":\"ey", "\"payload\":\"eyA"),
                Stays.flattened(hotel, "{\"header\":{}}".getBytes(StandardCharsets.UTF_8)),
                "{\"protected\":\"" + "x".repeat(200_000) + "\"}",
                new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8),
                Stays.flattened(hotel, otherExchange()),
                good,
                Stays.flattened(hotel, Stays.json(last)));

        HttpResponse<String> answer = gateway.put("HOTEL-1", path, NDJSON, Stays.lines(lines));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode status = done();
        assertThat(status.path("state").asText()).isEqualTo("done");
        assertThat(status.path("messages").asLong()).isEqualTo(10);
        assertThat(status.path("accepted").asLong()).isEqualTo(3);
        assertThat(status.path("refused").asLong()).isEqualTo(7);
        List<JsonNode> told = gateway.receipts("HOTEL-1", path, 1);
        assertThat(told).extracting(line -> line.path("line").asInt()).containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(told)
                .extracting(line -> line.path("problem").path("code").asText())
                .containsExactly(
                        "",
                        "malformed",
                        "signer-mismatch",
                        "signature-invalid",
                        "exchange-mismatch",
                        "too-large",
                        "malformed",
                        "exchange-mismatch",
                        "",
                        "");
        // Lines are worked at beside each other: of two that are the same, either may come first.
        assertThat(List.of(told.get(0), told.get(8)))
                .extracting(line -> line.path("status").asInt())
                .containsExactlyInAnyOrder(202, 200);
        assertThat(told.get(0).path("messageId").asText()).isEqualTo(first.toString());
        assertThat(told.get(8).path("receipt")).isEqualTo(told.get(0).path("receipt"));
        assertThat(told.get(1).path("problemJws").asText().split("\\.")).hasSize(3);
        assertThat(gateway.receipts("HOTEL-1", path, 11))
                .extracting(line -> line.path("messageId").asText())
                .containsExactly(last.toString());
        assertThat(gateway.status("HOTEL-1", "/api/v1/messages/" + first)
                        .path("messageId")
                        .asText())
                .isEqualTo(first.toString());
        assertThat(gateway.figures()).contains("chapar_batch_messages_total");
    }

    @Test
    void a_batch_that_comes_again_gets_the_same_receipts_and_another_one_under_its_id_is_refused() {
        byte[] body = Stays.lines(List.of(Stays.flattened(hotel, Stays.json(UUID.randomUUID()))));
        gateway.put("HOTEL-1", path, NDJSON, body);
        done();
        List<JsonNode> first = gateway.receipts("HOTEL-1", path, 1);

        assertThat(gateway.put("HOTEL-1", path, NDJSON, body).statusCode()).isEqualTo(202);
        assertThat(gateway.receipts("HOTEL-1", path, 1)).isEqualTo(first);
        refused("id-reused", gateway.put("HOTEL-1", path, NDJSON, Arrays.copyOf(body, body.length - 1)));
        String other = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        gateway.put("HOTEL-1", other, NDJSON, body);
        assertThat(done(other).path("accepted").asLong()).isEqualTo(1);
        JsonNode again = gateway.receipts("HOTEL-1", other, 1).get(0);
        assertThat(again.path("status").asInt()).isEqualTo(200);
        assertThat(again.path("receipt")).isEqualTo(first.get(0).path("receipt"));
    }

    /** Not by a word, and not by a header. */
    @Test
    void refused_as_if_there_were_none_when_a_message_or_batch_is_anothers() {
        UUID message = UUID.randomUUID();
        gateway.put("HOTEL-1", path, NDJSON, Stays.lines(List.of(Stays.flattened(hotel, Stays.json(message)))));
        assertThat(done().path("accepted").asLong()).isEqualTo(1);
        String delivery = gateway.status("HOTEL-1", "/api/v1/messages/" + message)
                .at("/receivers/0/deliveryId")
                .asText();
        UUID nothing = UUID.randomUUID();

        for (String call : List.of(
                "GET /api/v1/messages/" + message,
                "GET /api/v1/messages/" + message + "?sender=HOTEL-1",
                "HEAD /api/v1/messages/" + message + "?sender=HOTEL-1",
                "GET " + path,
                "HEAD " + path,
                "DELETE " + path,
                "GET " + path + "/receipts",
                "POST /api/v1/deliveries/" + delivery + "/acknowledgement",
                "POST /api/v1/deliveries/" + delivery + "/refusal")) {
            String id = List.of(message.toString(), batch.toString(), delivery).stream()
                    .filter(call::contains)
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> anothers = told(call, id);

            assertThat(anothers).as(call).containsEntry("status", 404);
            assertThat(told(call.replace(id, nothing.toString()), nothing.toString()))
                    .as(call)
                    .isEqualTo(anothers);
        }
        assertThat(gateway.status("HOTEL-1", path).path("accepted").asLong()).isEqualTo(1);
    }

    /** All that another hotel is told, but for the id that it names, the trace, the time and the signature over these. */
    private static Map<String, Object> told(String call, String id) {
        String[] words = call.split(" ");
        HttpResponse<String> answer =
                words[0].equals("POST") ? reply(words[1], id) : gateway.call("HOTEL-2", words[0], words[1]);
        Map<String, Object> told = new TreeMap<>(answer.headers().map());
        told.put("status", answer.statusCode());
        told.put("body", answer.body().replace(id, "id").replaceFirst("\"traceId\":\"[0-9a-f]{32}\"", "trace"));
        told.remove("date");
        told.put("signed", told.remove("x-jws-signature") != null);
        return told;
    }

    /** To a delivery, in the form that an honest receiver writes. */
    private static HttpResponse<String> reply(String address, String delivery) {
        String json = address.endsWith("/refusal")
                ? "{\"code\":\"schema\",\"text\":\"no\"}"
                : "{\"deliveryId\":\"" + delivery + "\",\"digest\":\"sha-256:" + "0".repeat(64)
                        + "\",\"at\":\"2026-11-30T10:00:00Z\"}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return gateway.post(
                "HOTEL-2", address, body, gateway.keys("HOTEL-2").signer().detachedJws(body));
    }

    @Test
    void one_signature_covers_a_whole_batch_of_lines() {
        byte[] body = Stays.lines(plain(3));

        gateway.put("HOTEL-1", path, NDJSON, body, "X-JWS-Signature", hotel.detachedJws(body));

        JsonNode status = done();
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("done");
        assertThat(status.path("accepted").asLong()).isEqualTo(3);
    }

    @Test
    void nothing_is_accepted_under_a_signature_that_does_not_hold() {
        long before = gateway.recorded();
        byte[] body = Stays.lines(plain(3));
        byte[] altered = body.clone();
        altered[body.length - 2] = ' ';
        altered[body.length - 1] = '\n';

        for (String[] wrong : new String[][] {
            {hotel.detachedJws(altered), "signature-invalid"},
            {gateway.keys("HOTEL-2").signer().detachedJws(body), "signer-mismatch"},
            {"a.b", "signature-invalid"}
        }) {
            String other = BulkGateway.address(EXCHANGE, UUID.randomUUID());
            gateway.put("HOTEL-1", other, NDJSON, body, "X-JWS-Signature", wrong[0]);
            JsonNode status = done(other);
            assertThat(status.path("state").asText()).isEqualTo("refused");
            assertThat(status.path("problem").path("code").asText()).isEqualTo(wrong[1]);
            assertThat(gateway.receipts("HOTEL-1", other, 1)).isEmpty();
        }
        assertThat(gateway.recorded()).isEqualTo(before);
    }

    @Test
    void a_zip_of_documents_that_are_each_signed() {
        byte[] bomb = new byte[40_000];
        Arrays.fill(bomb, (byte) ' ');
        byte[] doctype = hotel.xml(Stays.xml(UUID.randomUUID()));
        byte[] withDoctype = new String(doctype, StandardCharsets.UTF_8)
                .replace("<stayRegistration", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><stayRegistration")
                .getBytes(StandardCharsets.UTF_8);
        byte[] zip = Stays.zip(
                "day/",
                new byte[0],
                "day/1.xml",
                hotel.xml(Stays.xml(UUID.randomUUID())),
                "day/2.xml",
                withDoctype,
                "day/3.xml",
                bomb,
                "../4.txt",
                new byte[] {1},
                "5.xml",
                Stays.xml(UUID.randomUUID()),
                " ",
                new byte[] {1},
                "7.XML",
                hotel.xml(Stays.xml(UUID.randomUUID())));

        gateway.put("HOTEL-1", path, ZIP, zip);

        JsonNode status = done();
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("done");
        List<JsonNode> told = gateway.receipts("HOTEL-1", path, 1);
        assertThat(told)
                .extracting(line -> line.path("entry").asText() + " "
                        + line.path("problem").path("code").asText())
                .containsExactly(
                        "day/1.xml ",
                        "day/2.xml malformed",
                        "day/3.xml too-large",
                        "../4.txt media-type",
                        "5.xml signature-missing",
                        " malformed",
                        "7.XML ");
    }

    @Test
    void one_signature_covers_a_whole_zip_of_documents_without_any() {
        byte[] zip = Stays.zip(
                "1.xml", Stays.xml(UUID.randomUUID()),
                "2.xml", hotel.xml(Stays.xml(UUID.randomUUID())),
                "3.xml", Stays.xml(UUID.randomUUID()));

        gateway.put("HOTEL-1", path, ZIP, zip, "X-JWS-Signature", hotel.detachedJws(zip));

        JsonNode status = done();
        assertThat(status.path("accepted").asLong()).as(status.toString()).isEqualTo(2);
        assertThat(gateway.receipts("HOTEL-1", path, 2)
                        .get(0)
                        .path("problem")
                        .path("code")
                        .asText())
                .isEqualTo("signature-incomplete");
    }

    @Test
    void batches_that_cannot_be_read_to_their_end_are_refused_whole() {
        byte[] huge = new byte[3_100_000];
        byte[] zip = Stays.zip("1.xml", Stays.xml(UUID.randomUUID()), "2.xml", Stays.xml(UUID.randomUUID()));
        wholeRefused("too-large", ZIP, Stays.zip("1.xml", huge));
        wholeRefused("malformed", ZIP, Arrays.copyOf(zip, zip.length - 30));
        wholeRefused("malformed", ZIP, Stays.lines(plain(1)));
        wholeRefused("malformed", NDJSON, Stays.lines(List.of("", " ")));
        wholeRefused("too-large", NDJSON, Stays.lines(plain(61)));
    }

    @Test
    void a_broken_upload_goes_on_where_it_stood() throws IOException {
        byte[] body = Stays.lines(signed(20));
        int half = body.length / 2;
        broken(body, half);
        await().atMost(Duration.ofSeconds(60)).until(() -> offset() == half);

        String rest = "bytes " + half + "-" + (body.length - 1) + "/" + body.length;
        HttpResponse<String> wrong = piece(body, 0, 10);
        refused("upload-offset", wrong);
        assertThat(wrong.headers().firstValue("Upload-Offset")).hasValue(String.valueOf(half));
        refused("upload-offset", piece(body, half + 1, body.length));
        refused(
                "malformed",
                gateway.put(
                        "HOTEL-1",
                        path,
                        NDJSON,
                        new byte[1],
                        "Content-Range",
                        "bytes " + half + "-" + half + "/" + (body.length + 1)));
        refused("malformed", gateway.put("HOTEL-1", path, NDJSON, new byte[1], "Content-Range", rest));
        refused("media-type", gateway.put("HOTEL-1", path, ZIP, new byte[1]));
        assertThat(piece(body, half, half + 100).statusCode()).isEqualTo(200);
        HttpResponse<String> last = piece(body, half + 100, body.length);

        assertThat(last.statusCode()).as(last.body()).isEqualTo(202);
        assertThat(done().path("accepted").asLong()).isEqualTo(20);
        refused("upload-offset", piece(body, half, body.length));
        assertThat(gateway.call("HOTEL-1", "DELETE", path).statusCode()).isEqualTo(422);
    }

    @Test
    void all_is_here_and_only_the_end_was_not_said() {
        byte[] body = Stays.lines(signed(1));
        String range = "bytes 0-" + (body.length - 1) + "/*";

        assertThat(gateway.put("HOTEL-1", path, NDJSON, body, "Content-Range", range)
                        .statusCode())
                .isEqualTo(200);
        refused(
                "upload-offset",
                gateway.put("HOTEL-1", path, NDJSON, new byte[0], "Content-Range", "bytes */" + (body.length + 1)));
        HttpResponse<String> end =
                gateway.put("HOTEL-1", path, NDJSON, new byte[0], "Content-Range", "bytes */" + body.length);

        assertThat(end.statusCode()).as(end.body()).isEqualTo(202);
        assertThat(done().path("accepted").asLong()).isEqualTo(1);
    }

    @Test
    void refused_before_anything_is_kept() {
        byte[] body = Stays.lines(signed(1));

        refused("not-agreed", gateway.put("SMS", path, NDJSON, body));
        refused(
                "not-agreed",
                gateway.put("MH", BulkGateway.address("identification-number-assigned", batch), NDJSON, body));
        refused("unknown-exchange", gateway.put("HOTEL-1", BulkGateway.address("no-such", batch), NDJSON, body));
        refused("malformed", gateway.put("HOTEL-1", "/api/v1/exchanges/" + EXCHANGE + "/batches/1", NDJSON, body));
        refused("media-type", gateway.put("HOTEL-1", path, "application/json", body));
        refused("media-type", gateway.put("HOTEL-1", path, NDJSON, body, "Content-Encoding", "gzip"));
        refused("malformed", gateway.put("HOTEL-1", path, NDJSON, new byte[0]));
        refused("malformed", gateway.put("HOTEL-1", path, NDJSON, body, "Content-Range", "lines 1-2/3"));
        refused("malformed", gateway.put("HOTEL-1", path, NDJSON, body, "Content-Range", "bytes 5-1/9"));
        refused("too-large", gateway.put("HOTEL-1", path, NDJSON, new byte[1], "Content-Range", "bytes 0-0/2000001"));
        refused("malformed", gateway.put("HOTEL-1", path + "?validateOnly=true", NDJSON, body));
        refused("unknown-batch", gateway.get("HOTEL-1", path));
    }

    @Test
    void a_batch_of_another_is_no_batch() {
        gateway.put("HOTEL-1", path, NDJSON, Stays.lines(signed(1)));
        done();

        refused("unknown-batch", gateway.get("HOTEL-2", path));
        refused("unknown-batch", gateway.get("HOTEL-2", path + "/receipts"));
        refused("unknown-batch", gateway.call("HOTEL-2", "DELETE", path));
        refused("unknown-batch", gateway.get("HOTEL-1", BulkGateway.address("no-such", batch)));
        refused("unknown-batch", gateway.get("HOTEL-1", BulkGateway.address("civil-status-act", batch)));
        refused("unknown-batch", gateway.get("HOTEL-1", BulkGateway.address(EXCHANGE, UUID.randomUUID())));
    }

    @Test
    void more_open_batches_than_a_party_may_have() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String one = BulkGateway.address(EXCHANGE, UUID.randomUUID());
            assertThat(gateway.put("HOTEL-2", one, NDJSON, new byte[10], "Content-Range", "bytes 0-9/20")
                            .statusCode())
                    .isEqualTo(200);
            open.add(one);
        }

        HttpResponse<String> third = gateway.put("HOTEL-2", path, NDJSON, new byte[10]);
        refused("quota", third);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        for (String one : open) {
            assertThat(gateway.call("HOTEL-2", "DELETE", one).statusCode()).isEqualTo(204);
            refused("unknown-batch", gateway.get("HOTEL-2", one));
        }
        assertThat(gateway.put("HOTEL-2", path, NDJSON, new byte[10], "Content-Range", "bytes 0-9/20")
                        .statusCode())
                .isEqualTo(200);
        gateway.call("HOTEL-2", "DELETE", path);
    }

    @Test
    void the_catalogue_says_what_may_be_sent_in_batches() {
        JsonNode hotels = gateway.status("HOTEL-1", "/api/v1/exchanges").path("exchanges");
        JsonNode health = gateway.status("MH", "/api/v1/exchanges").path("exchanges");

        assertThat(hotels.path(0).path("batches").path("rest").asText())
                .isEqualTo("/api/v1/exchanges/stay-registration/batches/{batchId}");
        assertThat(health).noneMatch(exchange -> exchange.has("batches"));
    }

    private static List<String> plain(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static List<String> signed(int count) {
        return plain(count).stream()
                .map(line -> Stays.flattened(hotel, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static byte[] otherExchange() {
        return new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8)
                .replace("\"stay-registration\"", "\"civil-status-act\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> piece(byte[] body, int from, int to) {
        String range = "bytes " + from + "-" + (to - 1) + "/" + body.length;
        return gateway.put("HOTEL-1", path, NDJSON, Arrays.copyOfRange(body, from, to), "Content-Range", range);
    }

    /** Announces all, sends a part, and hangs up without a word. */
    private void broken(byte[] body, int sent) throws IOException {
        try (Socket socket =
                gateway.keys("HOTEL-1").client().getSocketFactory().createSocket("localhost", gateway.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + NDJSON
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, sent);
            out.flush();
        }
    }

    private long offset() {
        return gateway.call("HOTEL-1", "HEAD", path)
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElse(-1);
    }

    private JsonNode done() {
        return done(path);
    }

    private static JsonNode done(String address) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> gateway.status("HOTEL-1", address),
                        status -> List.of("done", "refused")
                                .contains(status.path("state").asText()));
    }

    private static void wholeRefused(String code, String type, byte[] body) {
        String address = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        String jws = hotel.detachedJws(body);
        assertThat(gateway.put("HOTEL-1", address, type, body, "X-JWS-Signature", jws)
                        .statusCode())
                .isEqualTo(202);
        JsonNode status = done(address);
        assertThat(status.path("state").asText()).isEqualTo("refused");
        assertThat(status.path("problem").path("code").asText()).isEqualTo(code);
    }

    private static void refused(String code, HttpResponse<String> answer) {
        assertThat(BulkGateway.json(answer.body()).path("code").asText())
                .as(answer.body())
                .isEqualTo(code);
        assertThat(answer.headers().firstValue("X-JWS-Signature")).isPresent();
    }
}
