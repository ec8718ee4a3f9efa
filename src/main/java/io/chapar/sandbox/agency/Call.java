package io.chapar.sandbox.agency;

import com.sun.net.httpserver.HttpExchange;
import io.chapar.trust.HardenedJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One call of the gateway: to which agency, for what, with what. */
record Call(String party, String purpose, String contentType, byte[] body, Head head) {

    /** What the headers say. */
    record Head(Optional<UUID> deliveryId, Optional<String> originalDigest, Optional<String> jws) {}

    private static final int SEGMENTS = 3;

    static Call read(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        String[] path = call.getRequestURI().getPath().split("/", -1);
        boolean named = path.length == SEGMENTS;
        return new Call(
                named ? path[1] : "",
                named ? path[2] : "",
                header(call, "Content-Type").orElse(""),
                body,
                new Head(
                        header(call, "Chapar-Delivery-Id").map(UUID::fromString),
                        header(call, "Chapar-Original-Digest"),
                        header(call, "X-JWS-Signature")));
    }

    static Answer refused(int status) {
        return Answer.json(status, HardenedJson.write(Map.of("code", "not-for-you")));
    }

    Delivery delivery() {
        return Delivery.of(head.deliveryId(), head.originalDigest(), contentType, head.jws(), body);
    }

    private static Optional<String> header(HttpExchange call, String name) {
        return Optional.ofNullable(call.getRequestHeaders().getFirst(name));
    }
}
