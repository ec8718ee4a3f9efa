package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.SchemaFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The description of the REST interface (OpenAPI 3.1), made from the catalogue, the schemas and the table of problems. */
final class OpenApi {

    private final Catalogue catalogue;
    private final DoorSettings settings;
    private final OpenApiSchemas schemas;
    private final OpenApiSubmit submit;

    /** By the exchanges that it describes: neither they nor their schemas change while the gateway runs. */
    private final Map<Set<String>, byte[]> written = new ConcurrentHashMap<>();

    OpenApi(Catalogue catalogue, SchemaFiles files, DoorSettings settings, AttachmentLimits limits) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.schemas = new OpenApiSchemas(files);
        this.submit = new OpenApiSubmit(schemas, limits);
    }

    /** What this party may know: the exchanges that concern it, and all calls that name no exchange. */
    byte[] document(Party party) {
        List<Agreement> agreements = catalogue.concerning(party);
        Set<String> exchanges = agreements.stream()
                .map(agreement -> agreement.exchange().exchange())
                .collect(Collectors.toUnmodifiableSet());
        return written.computeIfAbsent(exchanges, same -> document(agreements, same));
    }

    private byte[] document(List<Agreement> agreements, Set<String> exchanges) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(Map.of("certificate", List.of())));
        Map<String, Object> paths = new LinkedHashMap<>();
        agreements.stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .collect(Collectors.groupingBy(
                        agreement -> agreement.exchange().exchange(), LinkedHashMap::new, Collectors.toList()))
                .forEach((exchange, versions) -> paths.put(
                        "/api/v1/exchanges/" + exchange, Map.of("post", submit.operation(exchange, versions))));
        paths.putAll(OpenApiBatches.paths(agreements));
        paths.putAll(OpenApiCalls.paths(settings));
        document.put("paths", paths);
        document.put("webhooks", new OpenApiWebhooks(agreements, schemas).all());
        document.put("components", components(exchanges));
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
                        + " enveloped signature. Problems are signed too. What an agency itself answers when it is called"
                        + " stands under webhooks.");
        return info;
    }

    private Map<String, Object> components(Set<String> exchanges) {
        Map<String, Object> components = new LinkedHashMap<>();
        components.put(
                "securitySchemes",
                Map.of(
                        "certificate",
                        Map.of("type", "mutualTLS", "description", "The party's TLS certificate of the directory."),
                        OpenApiWebhooks.GATEWAY,
                        Map.of("type", "mutualTLS", "description", "The gateway's TLS certificate, when it calls.")));
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("name", Intake.SIGNATURE);
        signature.put("in", "header");
        signature.put(
                "description",
                "A detached JWS over exactly the bytes of the body (RFC 7515, appendix F; b64=false of RFC 7797 too)."
                        + " Required where the body is JSON; in multipart/related it stands on the first part instead.");
        signature.put("schema", OpenApiSchemas.STRING);
        components.put("parameters", Map.of("Signature", signature));
        components.put("responses", OpenApiProblems.responses());
        components.put("schemas", schemas.all(exchanges));
        return components;
    }
}
