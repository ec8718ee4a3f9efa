package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The description of the REST interface (OpenAPI 3.1), made from the catalogue, the schemas and the table of problems. */
final class OpenApi {

    private static final String XML = "application/xml";
    private static final String JSON = "application/json";
    private static final Map<String, Object> XML_TEXT = Map.of("type", "string", "contentMediaType", XML);

    private final Catalogue catalogue;
    private final AttachmentLimits limits;
    private final OpenApiSchemas schemas;

    OpenApi(Catalogue catalogue, SchemaFiles files, AttachmentLimits limits) {
        this.catalogue = catalogue;
        this.limits = limits;
        this.schemas = new OpenApiSchemas(files);
    }

    byte[] document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(Map.of("certificate", List.of())));
        Map<String, Object> paths = new LinkedHashMap<>();
        catalogue.all().stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .collect(Collectors.groupingBy(
                        agreement -> agreement.exchange().exchange(), LinkedHashMap::new, Collectors.toList()))
                .forEach((exchange, versions) ->
                        paths.put("/api/v1/exchanges/" + exchange, Map.of("post", submit(exchange, versions))));
        paths.putAll(OpenApiBatches.paths(catalogue));
        paths.putAll(OpenApiCalls.paths());
        document.put("paths", paths);
        document.put("components", components());
        return JsonText.write(document);
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Chapar");
        info.put("version", "1");
        info.put(
                "description",
                "Agencies send and receive signed messages here. Every call is made over mutual TLS with the party's TLS"
                        + " certificate. JSON documents are signed by a detached JWS in X-JWS-Signature, XML documents by an"
                        + " enveloped signature. Problems are signed too.");
        return info;
    }

    private Map<String, Object> submit(String exchange, List<Agreement> versions) {
        boolean query = versions.get(0).pattern() == Agreement.Pattern.QUERY;
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", (query ? "ask-" : "send-") + exchange);
        operation.put("summary", versions.get(versions.size() - 1).title());
        remark(versions.get(versions.size() - 1)).ifPresent(remark -> operation.put("description", remark));
        operation.put("tags", List.of("exchanges"));
        operation.put(
                "parameters",
                List.of(
                        OpenApiCalls.query(
                                "validateOnly",
                                "Runs all stages up to authorising, and delivers nothing.",
                                Map.of("type", "boolean", "default", false)),
                        Map.of("$ref", "#/components/parameters/Signature")));
        operation.put("requestBody", requestBody(versions));
        Map<String, Object> responses = new LinkedHashMap<>();
        if (query) {
            responses.put("200", OpenApiCalls.response("The signed answer, or what would happen.", answers(versions)));
        } else {
            Map<String, Object> receipt = receipt();
            Map<String, Object> repeat = new LinkedHashMap<>(receipt);
            repeat.put(JSON, Map.of("schema", OpenApiSchemas.ours("Checked")));
            responses.put("200", OpenApiCalls.response("A repeat: the same receipt. Or what would happen.", repeat));
            responses.put("202", OpenApiCalls.response("Accepted: the receipt.", receipt));
        }
        responses.putAll(OpenApiCalls.problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503));
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

    private Map<String, Object> components() {
        Map<String, Object> components = new LinkedHashMap<>();
        components.put(
                "securitySchemes",
                Map.of(
                        "certificate",
                        Map.of("type", "mutualTLS", "description", "The party's TLS certificate of the directory.")));
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("name", "X-JWS-Signature");
        signature.put("in", "header");
        signature.put(
                "description",
                "A detached JWS over exactly the bytes of the body (RFC 7515, appendix F; b64=false of RFC 7797 too)."
                        + " Required where the body is JSON.");
        signature.put("schema", OpenApiSchemas.STRING);
        components.put("parameters", Map.of("Signature", signature));
        components.put("responses", OpenApiProblems.responses());
        components.put("schemas", schemas.all());
        return components;
    }
}
