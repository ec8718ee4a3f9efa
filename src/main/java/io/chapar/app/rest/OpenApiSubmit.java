package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.door.Intake;
import io.chapar.app.door.QueryParameters;
import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The call by which a message is sent, or a question asked: one for each exchange of the catalogue. */
final class OpenApiSubmit {

    private static final String XML = "application/xml";
    private static final String JSON = "application/json";
    private static final Map<String, Object> XML_TEXT = Map.of("type", "string", "contentMediaType", XML);

    private final OpenApiSchemas schemas;
    private final AttachmentLimits limits;

    OpenApiSubmit(OpenApiSchemas schemas, AttachmentLimits limits) {
        this.schemas = schemas;
        this.limits = limits;
    }

    Map<String, Object> operation(String exchange, List<Agreement> versions) {
        boolean query = versions.get(0).pattern() == Agreement.Pattern.QUERY;
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", (query ? "ask-" : "send-") + exchange);
        operation.put("summary", versions.get(versions.size() - 1).title());
        remark(versions.get(versions.size() - 1)).ifPresent(remark -> operation.put("description", remark));
        operation.put("tags", List.of("exchanges"));
        operation.put(
                "parameters",
                List.of(
                        OpenApiParts.query(
                                QueryParameters.VALIDATE_ONLY,
                                "Runs all stages up to authorising, and delivers nothing. Whether the messageId was used"
                                        + " before is not looked at: a message that would be accepted may be refused as"
                                        + " id-reused, or a question as query-repeated.",
                                Map.of("type", "boolean", "default", false)),
                        Map.of("$ref", "#/components/parameters/Signature")));
        operation.put("requestBody", requestBody(versions));
        Map<String, Object> responses = new LinkedHashMap<>();
        if (query) {
            Map<String, Object> answer =
                    OpenApiParts.response("The signed answer, or what would happen.", answers(versions));
            answer.put(
                    "headers",
                    Map.of(
                            Intake.SIGNATURE,
                            Map.of(
                                    "description",
                                    "Of an answer in JSON: the gateway's detached JWS over the body.",
                                    "schema",
                                    OpenApiSchemas.STRING)));
            responses.put("200", answer);
        } else {
            Map<String, Object> receipt = receipt();
            Map<String, Object> repeat = new LinkedHashMap<>(receipt);
            repeat.put(JSON, Map.of("schema", OpenApiSchemas.ours("Checked")));
            responses.put("200", OpenApiParts.response("A repeat: the same receipt. Or what would happen.", repeat));
            responses.put("202", OpenApiParts.response("Accepted: the receipt.", receipt));
        }
        responses.putAll(OpenApiParts.problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503));
        operation.put("responses", responses);
        return operation;
    }

    /** What a reader must know who would otherwise try it. */
    private static Optional<String> remark(Agreement agreement) {
        return agreement.pattern() == Agreement.Pattern.EMIT
                ? Optional.of("The gateway alone sends this; whoever else does is refused.")
                : agreement.disabled().map(reason -> "Disabled, and refused until it is not: " + reason + ".");
    }

    private Map<String, Object> requestBody(List<Agreement> versions) {
        Map<String, Object> content = new LinkedHashMap<>();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", oneOf(versions, ".schema.json"));
        json.put("examples", examples(versions, ".json"));
        content.put(JSON, json);
        Map<String, Object> xml = new LinkedHashMap<>();
        xml.put("schema", XML_TEXT);
        xml.put("examples", examples(versions, ".xml"));
        content.put(XML, xml);
        if (versions.stream().anyMatch(each -> !each.attachments().mediaTypes().isEmpty())) {
            content.put("multipart/related", Map.of("schema", OpenApiSchemas.STRING));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("required", true);
        body.put(
                "description",
                "Samples are unsigned. XML schemas: "
                        + versions.stream()
                                .map(each -> Catalogues.BASE + each.exchange().exchange() + "/"
                                        + each.exchange().version() + "/schema.xsd")
                                .collect(Collectors.joining(", "))
                        + "."
                        + OpenApiExchanges.limits(versions, limits));
        body.put("content", content);
        return body;
    }

    private Map<String, Object> examples(List<Agreement> versions, String ending) {
        Map<String, Object> examples = new LinkedHashMap<>();
        for (Agreement each : versions) {
            schemas.examples(folder(each.exchange()), ending)
                    .forEach((name, example) -> examples.put(
                            versions.size() == 1
                                    ? name
                                    : name + "-" + each.exchange().version(),
                            example));
        }
        return examples;
    }

    private Map<String, Object> answers(List<Agreement> versions) {
        Map<String, Object> content = new LinkedHashMap<>();
        Map<String, Object> either = new LinkedHashMap<>();
        either.put("anyOf", List.of(oneOf(versions, ".answer.schema.json"), OpenApiSchemas.ours("Checked")));
        content.put(JSON, Map.of("schema", either));
        content.put(XML, Map.of("schema", XML_TEXT));
        return content;
    }

    private Map<String, Object> oneOf(List<Agreement> versions, String ending) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Agreement each : versions) {
            schemas.reference(folder(each.exchange()) + each.exchange().exchange() + ending)
                    .ifPresent(found::add);
        }
        return found.size() == 1 ? found.get(0) : Map.of("oneOf", found);
    }

    private static String folder(ExchangeVersion exchange) {
        return exchange.exchange() + "/" + exchange.version() + "/";
    }

    private static Map<String, Object> receipt() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(Submit.RECEIPT, Map.of("schema", OpenApiSchemas.STRING));
        content.put(XML, Map.of("schema", XML_TEXT));
        return content;
    }
}
