package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Header;
import io.chapar.message.Header.Inquiry;
import io.chapar.message.PartyCode;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads the header of a document that fits its schema. */
public final class Headers {

    private Headers() {}

    /** @throws IllegalArgumentException when the document was not validated before */
    public static Header read(Fields fields) {
        Optional<String> user = fields.text("/header/user");
        Optional<String> purpose = fields.text("/header/purpose");
        Optional<String> caseReference = fields.text("/header/caseReference");
        Optional<Inquiry> inquiry = user.isPresent() && purpose.isPresent() && caseReference.isPresent()
                ? Optional.of(new Inquiry(user.get(), purpose.get(), caseReference.get()))
                : Optional.empty();
        return new Header(
                UUID.fromString(required(fields, "messageId")),
                UUID.fromString(required(fields, "conversationId")),
                new ExchangeVersion(required(fields, "exchange"), required(fields, "version")),
                Header.Action.valueOf(required(fields, "action").toUpperCase(Locale.ROOT)),
                fields.text("/header/corrects").map(UUID::fromString),
                new PartyCode(required(fields, "sender")),
                Lexical.dateTime(required(fields, "sentAt")),
                required(fields, "nonce"),
                fields.text("/header/onBehalfOf"),
                fields.text("/header/orderingKey"),
                inquiry);
    }

    private static String required(Fields fields, String name) {
        return fields.text("/header/" + name)
                .orElseThrow(() -> new IllegalArgumentException("a header without " + name));
    }
}
