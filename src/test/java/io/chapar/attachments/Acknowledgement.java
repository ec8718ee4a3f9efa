package io.chapar.attachments;

import io.chapar.message.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a receiver says of a delivery that it has taken, before it is written and signed. */
final class Acknowledgement {

    private Acknowledgement() {}

    static Map<String, Object> of(String deliveryId, Digest document) {
        Map<String, Object> acknowledgement = new LinkedHashMap<>();
        acknowledgement.put("deliveryId", deliveryId);
        acknowledgement.put("digest", document.value());
        acknowledgement.put("at", Instant.now().toString());
        return acknowledgement;
    }
}
