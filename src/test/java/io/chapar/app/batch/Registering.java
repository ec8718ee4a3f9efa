package io.chapar.app.batch;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import static org.awaitility.Awaitility.await;

/** A hotel that registers stays, one after the other and each by itself. */
record Registering(BulkGateway gateway, String hotel) {

    HttpResponse<String> one() {
        byte[] stay = new String(Stays.json(UUID.randomUUID()), StandardCharsets.UTF_8)
                .replace("\"HOTEL-1\"", "\"" + hotel + "\"")
                .getBytes(StandardCharsets.UTF_8);
        return gateway.post(
                hotel,
                "/api/v1/exchanges/" + Stays.EXCHANGE,
                stay,
                gateway.keys(hotel).signer().detachedJws(stay));
    }

    /** Goes on until one is answered so. */
    void untilAnswered(int status, String with) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    HttpResponse<String> answer = one();
                    return answer.statusCode() == status && answer.body().contains(with);
                });
    }
}
