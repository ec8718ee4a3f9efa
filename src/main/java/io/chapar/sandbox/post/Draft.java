package io.chapar.sandbox.post;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an agency wants to say, before it is written down as XML or JSON and signed.
 *
 * @param content the whole document, header first, in the schema's order
 */
public record Draft(
        ExchangeVersion exchange,
        PartyCode sender,
        UUID messageId,
        Map<String, Object> content,
        List<Passage.Attachment> attachments) {

    public Draft {
        attachments = List.copyOf(attachments);
    }

    public Draft(ExchangeVersion exchange, PartyCode sender, UUID messageId, Map<String, Object> content) {
        this(exchange, sender, messageId, content, List.of());
    }
}
