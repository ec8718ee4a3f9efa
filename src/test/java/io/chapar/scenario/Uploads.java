package io.chapar.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.batch.Stays;
import io.chapar.message.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What hotels upload: a batch of which one message is refused, and one with which nobody goes on. */
final class Uploads {

    private static final String HOTEL = "HOTEL-1";

    private Uploads() {}

    static void of(Gateway gateway) throws IOException {
        Signer hotel = gateway.keys(HOTEL).signer();
        byte[] batch = Stays.lines(List.of(
                Stays.flattened(hotel, Stays.json(UUID.randomUUID())),
                new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8),
                Stays.flattened(hotel, Stays.json(UUID.randomUUID()))));
        String whole = put(gateway, batch, Map.of());
        String begun = put(
                gateway,
                Arrays.copyOf(batch, batch.length / 2),
                Map.of("Content-Range", "bytes 0-" + (batch.length / 2 - 1) + "/" + batch.length));
        await().until(() -> state(gateway, whole).equals("done"));
        assertThat(state(gateway, begun)).isEqualTo("receiving");
    }

    private static String put(Gateway gateway, byte[] body, Map<String, String> headers) throws IOException {
        String path = "/api/v1/exchanges/" + Stays.EXCHANGE + "/batches/" + UUID.randomUUID();
        Request request = new Request("PUT", path, HOTEL, headers, body, Optional.empty(), Optional.empty())
                .with("Content-Type", "application/x-ndjson");
        Response response = gateway.wire().send(request);
        assertThat(response.status()).as(response.text()).isBetween(200, 399);
        return path;
    }

    private static String state(Gateway gateway, String path) throws IOException {
        return new ObjectMapper()
                .readTree(gateway.wire().send(Request.get(path, HOTEL)).body())
                .path("state")
                .asText();
    }
}
