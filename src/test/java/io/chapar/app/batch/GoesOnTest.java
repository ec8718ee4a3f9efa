package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.message.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.chapar.app.batch.Stays.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A gateway stops in the middle of a batch, while a hotel that may send nothing has one, too. */
class GoesOnTest {

    private static final int MESSAGES = 600;
    private static final String NDJSON = "application/x-ndjson";

    @Test
    void a_batch_goes_on_where_it_stood_and_its_content_lies_nowhere_in_clear(@TempDir Path folder) throws Exception {
        String each = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        String whole = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        String begun = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        String waits = BulkGateway.address(EXCHANGE, UUID.randomUUID());
        try (BulkGateway gateway = new BulkGateway(folder, "--chapar.quotas.parties.HOTEL-2.messages-per-second=0")) {
            Signer hotel = gateway.keys("HOTEL-1").signer();
            gateway.put("HOTEL-2", waits, NDJSON, Stays.lines(signed(hotel, 40)));
            byte[] wholeBody = Stays.lines(plain(50));
            byte[] begunBody = Stays.lines(signed(hotel, 1));
            gateway.put("HOTEL-1", each, NDJSON, Stays.lines(signed(hotel, MESSAGES)));
            gateway.put("HOTEL-1", whole, NDJSON, wholeBody, "X-JWS-Signature", hotel.detachedJws(wholeBody));
            String first = "bytes 0-99/" + begunBody.length;
            gateway.put("HOTEL-1", begun, NDJSON, Arrays.copyOf(begunBody, 100), "Content-Range", first);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            gateway.status("HOTEL-1", each).path("accepted").asLong() > 50);

            gateway.stop();

            assertThat(states(gateway.batches())).contains("WORKING").doesNotContain("DONE");
            nothingInClear(gateway.batches());
            gateway.startAgain();
            String rest = "bytes 100-" + (begunBody.length - 1) + "/" + begunBody.length;
            byte[] end = Arrays.copyOfRange(begunBody, 100, begunBody.length);
            assertThat(gateway.put("HOTEL-1", begun, NDJSON, end, "Content-Range", rest)
                            .statusCode())
                    .isEqualTo(202);

            for (String address : List.of(each, whole, begun)) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> gateway.status("HOTEL-1", address)
                                .path("state")
                                .asText()
                                .equals("done"));
            }
            List<JsonNode> told = gateway.receipts("HOTEL-1", each, 1);
            assertThat(told)
                    .extracting(line -> line.path("line").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            assertThat(told).allMatch(line -> line.has("receipt"));
            assertThat(gateway.status("HOTEL-1", each).path("accepted").asLong())
                    .isEqualTo(MESSAGES);
            assertThat(gateway.status("HOTEL-1", whole).path("accepted").asLong())
                    .isEqualTo(50);
            assertThat(gateway.recorded()).isEqualTo(MESSAGES + 51);
            assertThat(gateway.status("HOTEL-2", waits).path("state").asText()).isEqualTo("working");
        }
    }

    private static List<String> states(Path batches) throws Exception {
        List<String> states = new ArrayList<>();
        try (Stream<Path> files = Files.walk(batches)) {
            for (Path file : files.filter(each -> each.endsWith("state.json")).toList()) {
                states.add(
                        BulkGateway.json(Files.readString(file)).path("state").asText());
            }
        }
        return states;
    }

    private static void nothingInClear(Path batches) throws Exception {
        try (Stream<Path> files = Files.walk(batches)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain("Rahimi").doesNotContain("payload");
            }
        }
    }

    private static List<String> plain(int count) {
        return Stream.generate(() -> new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8))
                .limit(count)
                .toList();
    }

    private static List<String> signed(Signer hotel, int count) {
        return plain(count).stream()
                .map(line -> Stays.flattened(hotel, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
