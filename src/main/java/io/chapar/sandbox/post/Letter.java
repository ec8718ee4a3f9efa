package io.chapar.sandbox.post;

import io.chapar.message.PartyCode;
import java.util.Optional;
import java.util.UUID;

/**
 * Written, signed and addressed: nothing is left to do but to send these bytes.
 *
 * @param carrier whose connection it goes over
 * @param path under the gateway's address
 * @param signature the detached JWS, for JSON without attachments
 */
public record Letter(
        PartyCode carrier,
        String exchange,
        UUID messageId,
        String path,
        String contentType,
        String accept,
        Optional<String> signature,
        byte[] body) {

    public Letter with(byte[] otherBody) {
        return new Letter(carrier, exchange, messageId, path, contentType, accept, signature, otherBody);
    }

    /** The same, over another's connection. */
    public Letter carriedBy(PartyCode other) {
        return new Letter(other, exchange, messageId, path, contentType, accept, signature, body);
    }

    /** The same, to another address. */
    public Letter at(String address) {
        return new Letter(carrier, exchange, messageId, address, contentType, accept, signature, body);
    }

    /** The same, with a reply wanted in this media type. */
    public Letter accepting(String mediaType) {
        return new Letter(carrier, exchange, messageId, path, contentType, mediaType, signature, body);
    }
}
