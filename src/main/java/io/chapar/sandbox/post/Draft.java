package io.chapar.sandbox.post;

import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

    /** Whom the agreement makes it go to, given what it says. */
    public Set<PartyCode> receivers(Agreement agreement) {
        Fields fields = new Fields(content);
        return agreement.receivers().stream()
                .filter(receiver ->
                        receiver.when().map(when -> when.holds(fields)).orElse(true))
                .map(Agreement.Receiver::party)
                .collect(Collectors.toSet());
    }
}
