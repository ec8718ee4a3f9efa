package io.chapar.app.rest;

import io.chapar.app.door.Intake;
import io.chapar.app.door.ProblemDocument;
import io.chapar.message.Agreement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that the gateway makes: what a party with the channel {@code rest} is called with and has to answer. For
 * {@code soap} the WSDL of the receiver's side says it.
 */
final class OpenApiWebhooks {

    /** The name of the security scheme: the gateway's own certificate. */
    static final String GATEWAY = "gateway";

    private static final String JSON = "application/json";
    private static final String XML = "application/xml";
    private static final Map<String, Object> UUID = Map.of("type", "string", "format", "uuid");
    private static final Map<String, Object> DIGEST = Map.of("type", "string", "pattern", "^sha-256:[0-9a-f]{64}$");
    private static final Map<String, Object> OBJECT = Map.of("type", "object");
    private static final Map<String, Object> XML_TEXT = Map.of("type", "string", "contentMediaType", XML);

    private final List<Agreement> agreements;
    private final OpenApiSchemas schemas;

    OpenApiWebhooks(List<Agreement> agreements, OpenApiSchemas schemas) {
        this.agreements = agreements;
        this.schemas = schemas;
    }

    Map<String, Object> all() {
        Map<String, Object> webhooks = new LinkedHashMap<>();
        webhooks.put("delivery", Map.of("post", delivery()));
        webhooks.put("query", Map.of("post", query()));
        return webhooks;
    }

    private static Map<String, Object> delivery() {
        Map<String, Object> operation = operation(
                "deliver",
                "A delivery, at the receiver's address in the party directory.",
                "It comes at least once; Chapar-Delivery-Id is the same whenever it comes again. Its content is what the"
                        + " agreement gives this receiver, in the form and version that GET /api/v1/exchanges tells under"
                        + " received: what the receiver may not see is absent, the header's nonce always, also where the"
                        + " schema requires it.");
        operation.put(
                "parameters",
                List.of(
                        header("Chapar-Delivery-Id", "Names this delivery to this receiver.", UUID),
                        header("Chapar-Message-Id", "As in the document's header.", UUID),
                        header("Chapar-Sender", "The sender's party code.", OpenApiSchemas.STRING),
                        header("Chapar-Exchange", "The exchange's code.", OpenApiSchemas.STRING),
                        header("Chapar-Original-Digest", "The contentDigest of the sender's receipt.", DIGEST),
                        OpenApiParts.header(
                                Intake.SIGNATURE,
                                "Of JSON: the gateway's detached JWS over exactly the bytes of the body; in"
                                        + " multipart/related it stands on the first part instead.",
                                OpenApiSchemas.STRING)));
        Map<String, Object> content = documents();
        content.put("multipart/related", Map.of("schema", OpenApiSchemas.STRING));
        operation.put(
                "requestBody",
                body(
                        "JSON, or XML with the gateway's enveloped signature; with files multipart/related, the document first.",
                        content));
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> acknowledged = OpenApiParts.response(
                "The acknowledgement, in JSON also when XML was delivered. digest is sha-256: and the SHA-256, in lower-case"
                        + " hexadecimal digits, of exactly the bytes of the body, of multipart/related of the first part's"
                        + " content. Any other 2xx with it counts the same; without it, the channel stops.",
                Map.of(JSON, Map.of("schema", OpenApiSchemas.ours("Acknowledgement"))));
        acknowledged.put(
                "headers",
                signature("The receiver's detached JWS over exactly these bytes; not needed where its entry in the"
                        + " directory says acknowledgement: unsigned."));
        responses.put("200", acknowledged);
        for (int status : new int[] {401, 403, 404, 408, 429}) {
            responses.put(Integer.toString(status), said("The channel stops."));
        }
        responses.put(
                "4XX",
                OpenApiParts.response(
                        "This one will not be had: it is parked, and others go on. Of the body only a code of the table of"
                                + " problems is kept.",
                        Map.of(
                                ProblemDocument.JSON,
                                Map.of("schema", OpenApiSchemas.object(OpenApiSchemas.STRING, "code")))));
        responses.put(
                "default",
                said("The channel stops, as it does without a connection or an answer in time: the"
                        + " delivery is tried again, less and less often, in its order, and no other receiver notices."
                        + " Retry-After is honoured."));
        operation.put("responses", responses);
        return operation;
    }

    private Map<String, Object> query() {
        Map<String, Object> operation = operation(
                "answer",
                "A question, at the provider's address for queries in the party directory.",
                "It comes once, while the caller waits. An answer that cannot be believed is none: the caller is told"
                        + " provider-unavailable.");
        operation.put(
                "parameters",
                List.of(
                        header("Chapar-Message-Id", "As in the question's header.", UUID),
                        header("Chapar-Sender", "Who asks: a party code.", OpenApiSchemas.STRING),
                        header("Chapar-Exchange", "The exchange's code.", OpenApiSchemas.STRING),
                        header(
                                "Chapar-Original-Digest",
                                "Of the question as its caller sent it: the answer's questionDigest must be this.",
                                DIGEST),
                        OpenApiParts.header(
                                Intake.SIGNATURE,
                                "Of JSON: the gateway's detached JWS over exactly the bytes of the body.",
                                OpenApiSchemas.STRING)));
        operation.put(
                "requestBody",
                body("The question, without what the agreement does not give the provider.", documents()));
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put(JSON, Map.of("schema", answer()));
        answers.put(XML, Map.of("schema", XML_TEXT));
        Map<String, Object> answered = OpenApiParts.response(
                "The answer, valid against the answer's schema: its header names the provider as sender, and exchange,"
                        + " version and conversationId of the question; questionDigest is Chapar-Original-Digest. Someone who"
                        + " is not known is found: false. XML carries an enveloped signature. JSON or XML, whatever the"
                        + " question came in.",
                answers);
        answered.put("headers", signature("Of JSON: the provider's detached JWS over exactly these bytes."));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", answered);
        responses.put("4XX", said("No answer to this question; the provider counts as reached."));
        responses.put(
                "default",
                said("No answer. After the third in a row the provider is asked only now and then, until"
                        + " it answers, and callers are told so at once."));
        operation.put("responses", responses);
        return operation;
    }

    private Map<String, Object> answer() {
        List<Map<String, Object>> all = agreements.stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.QUERY)
                .map(Agreement::exchange)
                .sorted(Comparator.naturalOrder())
                .map(each -> schemas.reference(
                        each.exchange() + "/" + each.version() + "/" + each.exchange() + ".answer.schema.json"))
                .flatMap(Optional::stream)
                .toList();
        return all.isEmpty() ? OBJECT : Map.of("oneOf", all);
    }

    private static Map<String, Object> operation(String id, String summary, String description) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("summary", summary);
        operation.put("description", description);
        operation.put("security", List.of(Map.of(GATEWAY, List.of())));
        return operation;
    }

    private static Map<String, Object> header(String name, String description, Map<String, Object> schema) {
        Map<String, Object> header = OpenApiParts.header(name, description, schema);
        header.put("required", true);
        return header;
    }

    private static Map<String, Object> documents() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(JSON, Map.of("schema", OBJECT));
        content.put(XML, Map.of("schema", XML_TEXT));
        return content;
    }

    private static Map<String, Object> body(String description, Map<String, Object> content) {
        return Map.of("required", true, "description", description, "content", content);
    }

    private static Map<String, Object> signature(String description) {
        return Map.of(Intake.SIGNATURE, Map.of("description", description, "schema", OpenApiSchemas.STRING));
    }

    private static Map<String, Object> said(String description) {
        return Map.of("description", description);
    }
}
