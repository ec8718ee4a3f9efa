package io.chapar.sandbox.post;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an agency writes when another message makes it write. */
public final class Drafts {

    private static final ExchangeVersion NUMBER = new ExchangeVersion("identification-number-assigned", "1.0");
    private static final PartyCode REGISTER = new PartyCode("SPR");

    private Drafts() {}

    /** The same arguments give the same document. */
    public static Draft numberAssigned(
            UUID messageId, UUID conversationId, UUID birthMessageId, long place, String nonce, Instant at) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(
                "header",
                new Header(NUMBER, REGISTER, messageId, conversationId, at, nonce, Optional.empty(), Optional.empty())
                        .fields());
        content.put("birthNotificationId", birthMessageId.toString());
        content.put("identificationNumber", People.identificationNumber(place));
        content.put("assignedAt", Header.moment(at));
        return new Draft(NUMBER, REGISTER, messageId, content);
    }

    /**
     * What a provider answers to a question.
     *
     * @param found what follows in the document; empty when nothing was found
     */
    public static Draft answer(
            ExchangeVersion exchange,
            PartyCode provider,
            UUID conversationId,
            String questionDigest,
            Optional<Map<String, Object>> found,
            Instant at) {
        UUID messageId = UUID.randomUUID();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(
                "header",
                new Header(
                                exchange,
                                provider,
                                messageId,
                                conversationId,
                                at,
                                Nonces.next(),
                                Optional.empty(),
                                Optional.empty())
                        .fields());
        content.put("questionDigest", questionDigest);
        content.put("found", found.isPresent());
        found.ifPresent(content::putAll);
        return new Draft(exchange, provider, messageId, content);
    }
}
