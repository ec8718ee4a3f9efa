package io.chapar.sandbox.agency;

import io.chapar.message.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What arrived at an agency's door.
 *
 * @param deliveryId from the header of the connection; nothing is believed of it but that repeats carry the same
 * @param originalDigest of what the sender sent, as the gateway says
 * @param files beside the document
 */
record Delivery(
        Optional<UUID> deliveryId,
        Optional<String> originalDigest,
        String contentType,
        Optional<String> jws,
        byte[] payload,
        List<byte[]> files) {

    static Delivery of(
            Optional<UUID> deliveryId,
            Optional<String> originalDigest,
            String contentType,
            Optional<String> jws,
            byte[] body) {
        if (!contentType.startsWith("multipart/")) {
            return new Delivery(deliveryId, originalDigest, contentType, jws, body, List.of());
        }
        List<Parts.Part> parts = Parts.of(contentType, body);
        Parts.Part root = parts.get(0);
        return new Delivery(
                deliveryId,
                originalDigest,
                root.header("Content-Type").orElse("application/xml"),
                root.header("X-JWS-Signature"),
                root.body(),
                parts.subList(1, parts.size()).stream().map(Parts.Part::body).toList());
    }

    boolean soap() {
        return contentType.startsWith("text/xml")
                || contentType.startsWith("application/soap+xml")
                || contentType.startsWith("application/xop+xml");
    }

    boolean soap12() {
        return contentType.startsWith("application/soap+xml");
    }

    /** The signed document names every file by its digest, so none was exchanged on the way. */
    boolean filesAreNamed() {
        String document = new String(payload, StandardCharsets.UTF_8);
        return files.stream().allMatch(file -> document.contains(Digest.of(file).value()));
    }
}
