package io.chapar.record;

import io.chapar.message.Content;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery that lies in its receiver's mailbox.
 *
 * @param signature the detached JWS of a JSON payload
 * @param digest what the receiver must acknowledge
 * @param originalDigest the content digest that the sender's receipt names
 * @param attempt how often it was handed out, this time included
 * @param payload which, with files in it, may be large: to be read as a stream
 */
public record MailboxEntry(
        UUID deliveryId,
        UUID messageId,
        PartyCode sender,
        ExchangeVersion exchange,
        String contentType,
        Optional<String> signature,
        Digest digest,
        Digest originalDigest,
        int attempt,
        Content payload) {}
