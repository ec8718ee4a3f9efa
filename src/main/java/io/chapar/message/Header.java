package io.chapar.message;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The header with which every document begins and which its signature covers.
 *
 * @param messageId unique per sender
 * @param corrects an own earlier message, present when the action is to correct or withdraw it
 * @param nonce at least 128 random bits, given to no receiver, so that digests reveal nothing
 * @param onBehalfOf recorded, and grants nothing
 * @param orderingKey opaque; messages that share it reach the same receiver in the order of their receipts
 * @param inquiry who asks and why; present in queries
 */
public record Header(
        UUID messageId,
        UUID conversationId,
        ExchangeVersion exchange,
        Action action,
        Optional<UUID> corrects,
        PartyCode sender,
        OffsetDateTime sentAt,
        String nonce,
        Optional<String> onBehalfOf,
        Optional<String> orderingKey,
        Optional<Inquiry> inquiry) {

    /** What a message does to what its sender said before. */
    public enum Action {
        NEW,
        CORRECT,
        WITHDRAW
    }

    /**
     * What every query has to say for itself.
     *
     * @param user a pseudonym of the person who asks, known to the asking party
     * @param purpose one of the agreement's purposes
     */
    public record Inquiry(String user, String purpose, String caseReference) {}
}
