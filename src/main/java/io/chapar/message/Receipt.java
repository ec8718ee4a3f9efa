package io.chapar.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the sender holds in its hands: this message was accepted, then.
 *
 * @param deadline the legal term of this exchange, if it has one
 * @param mergeDelay within this time the acceptance is in the ledger
 */
public record Receipt(
        UUID receiptId,
        UUID messageId,
        ExchangeVersion exchange,
        PartyCode sender,
        Digest contentDigest,
        Digest bytesDigest,
        Instant acceptedAt,
        Optional<Deadline> deadline,
        Duration mergeDelay) {

    /**
     * @param due the end of the term
     * @param met whether acceptance came before it
     */
    public record Deadline(Instant due, boolean met) {}
}
