package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Agreement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of what {@link ExchangeFacts} says: what a party may send, receive and ask, and within which limits. */
final class OpenApiExchanges {

    private static final Map<String, Object> OBJECT = Map.of("type", "object");
    private static final Map<String, Object> STRINGS = OpenApiSchemas.array(OpenApiSchemas.STRING);

    private OpenApiExchanges() {}

    static Map<String, Object> answer() {
        return OpenApiSchemas.object(OpenApiSchemas.STRING, "party", OpenApiSchemas.array(exchange()), "exchanges");
    }

    /** What whoever sends attachments has to know; nothing where none are agreed. */
    static String limits(List<Agreement> versions, AttachmentLimits limits) {
        return versions.stream()
                .map(Agreement::attachments)
                .filter(agreed -> !agreed.mediaTypes().isEmpty())
                .map(agreed -> " With attachments, multipart/related has the signed document first, for JSON with"
                        + " X-JWS-Signature among that part's headers. The document has at most " + limits.document()
                        + " bytes then, an attachment " + Math.min(limits.file(), agreed.maximumBytes())
                        + ", all attachments together " + agreed.maximumBytes() + ", and all that is sent "
                        + limits.together() + ".")
                .reduce((first, last) -> last)
                .orElse("");
    }

    private static Map<String, Object> exchange() {
        Map<String, Object> exchange = OpenApiSchemas.object(
                OpenApiSchemas.STRING,
                "exchange",
                OpenApiSchemas.STRING,
                "version",
                OpenApiSchemas.STRING,
                "title",
                words("notify", "query", "emit"),
                "pattern",
                OpenApiSchemas.array(words("send", "receive", "ask", "answer")),
                "may",
                date("The first day on which it may be sent."),
                "validFrom",
                words("required", "optional"),
                "orderingKey",
                bytes("Of a message without attachments; over a queue, with them."),
                "maximumBytes",
                OpenApiSchemas.STRING,
                "rest",
                OpenApiSchemas.STRING,
                "wsdl",
                OBJECT,
                "schemas",
                STRINGS,
                "samples");
        Map<String, Object> members = new LinkedHashMap<>(OpenApiSchemas.members(exchange));
        members.put("validUntil", date("The last day on which it may be sent."));
        members.put("deadline", described("The legal term, or a list of terms: the first whose when holds counts."));
        members.put("purposes", STRINGS);
        members.put("attachments", attachments());
        members.put("batches", batches());
        members.put("received", described("What of it this caller receives: format, version, fields."));
        members.put(
                "receiverWsdl",
                Map.of("type", "string", "description", "What this caller serves when its channel is soap."));
        exchange.put("properties", members);
        return exchange;
    }

    private static Map<String, Object> attachments() {
        return OpenApiSchemas.object(
                STRINGS,
                "mediaTypes",
                bytes("Of all attachments of a message together."),
                "maximumBytes",
                bytes("Of one attachment."),
                "maximumBytesEach",
                bytes("Of the document that comes with them."),
                "maximumDocumentBytes",
                bytes("Of all that is sent: the document, its attachments, and what stands between them."),
                "maximumMessageBytes");
    }

    private static Map<String, Object> batches() {
        return OpenApiSchemas.object(
                OpenApiSchemas.STRING,
                "rest",
                STRINGS,
                "mediaTypes",
                bytes("Of one upload."),
                "maximumBytes",
                Map.of("type", "integer"),
                "maximumMessages",
                bytes("Of one message of a batch."),
                "maximumMessageBytes");
    }

    private static Map<String, Object> words(String... words) {
        return Map.of("type", "string", "enum", List.of(words));
    }

    private static Map<String, Object> date(String description) {
        return Map.of("type", "string", "format", "date", "description", description);
    }

    private static Map<String, Object> bytes(String description) {
        return Map.of("type", "integer", "description", description);
    }

    private static Map<String, Object> described(String description) {
        return Map.of("description", description);
    }
}
