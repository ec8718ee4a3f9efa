package io.chapar.app.rest;

import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that are the same whatever the catalogue holds. */
final class OpenApiCalls {

    private static final String JSON = "application/json";
    private static final Map<String, Object> DATE_TIME = Map.of("type", "string", "format", "date-time");

    private OpenApiCalls() {}

    static Map<String, Object> paths(DoorSettings settings) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put(
                "/api/v1/exchanges",
                get(
                        "listExchanges",
                        "What this caller may send, receive and ask.",
                        List.of(),
                        json(OpenApiExchanges.answer())));
        paths.put(
                "/api/v1/exchanges/{exchange}/{version}/{file}",
                get(
                        "getSchema",
                        "A schema: schema.xsd, schema.json, for queries answer.schema.json, and what they refer to.",
                        List.of(path("exchange"), path("version"), path("file")),
                        files(),
                        404));
        paths.put(
                "/api/v1/exchanges/{exchange}/{version}/samples/{file}",
                get(
                        "getSample",
                        "A sample, unsigned.",
                        List.of(path("exchange"), path("version"), path("file")),
                        files(),
                        404));
        paths.put(
                "/api/v1/messages",
                get(
                        "listMessages",
                        "The caller's own messages, for reconciling: up to " + Messages.PAGE
                                + " at once. There are no more when cursor is null; a page of one state may have few"
                                + " messages, or none, and a cursor.",
                        List.of(
                                OpenApiParts.query(
                                        "since",
                                        "From the first message accepted at or after this time, in the order of recording; those"
                                                + " recorded later follow, whatever their time. With the acceptedAt of a message"
                                                + " that was listed before none is missed.",
                                        DATE_TIME),
                                OpenApiParts.query("state", "Only those in this state.", states()),
                                OpenApiParts.query("cursor", "As the last answer gave it.", OpenApiSchemas.STRING)),
                        json(OpenApiSchemas.object(
                                OpenApiSchemas.array(OpenApiSchemas.ours("History")),
                                "messages",
                                Map.of("type", List.of("string", "null")),
                                "cursor")),
                        400));
        paths.put(
                "/api/v1/messages/{messageId}",
                get(
                        "getMessage",
                        "Where the caller's own message is.",
                        List.of(
                                path("messageId"),
                                OpenApiParts.query("sender", "Given by a receiver.", OpenApiSchemas.STRING)),
                        json(OpenApiSchemas.ours("History")),
                        400,
                        404));
        paths.put(
                "/api/v1/deliveries",
                get(
                        "listDeliveries",
                        "The caller's own mailbox, oldest first. Calls of one party are looked after one by one.",
                        List.of(
                                OpenApiParts.query(
                                        "max",
                                        "At most so many; fewer when they are large. More than the maximum is taken for it.",
                                        OpenApiParts.bounded(
                                                1,
                                                settings.mostDeliveries(),
                                                Math.min(Deliveries.USUAL, settings.mostDeliveries()))),
                                OpenApiParts.query(
                                        "wait",
                                        "Seconds to wait for one when there is none. More than the maximum is taken for it."
                                                + " At most " + Waiters.MOST + " calls of a party wait at a time; a"
                                                + " further one that finds nothing is refused (quota).",
                                        OpenApiParts.bounded(
                                                0, settings.longestWait().toSeconds(), 0))),
                        json(OpenApiSchemas.object(
                                OpenApiSchemas.array(OpenApiSchemas.ours("Delivery")), "deliveries")),
                        400));
        paths.put(
                "/api/v1/deliveries/{deliveryId}/acknowledgement",
                post(
                        "acknowledge",
                        "The receiver has it.",
                        "Acknowledgement",
                        "Required, unless the receiver's entry in the directory says that it does not sign."));
        paths.put(
                "/api/v1/deliveries/{deliveryId}/refusal",
                post(
                        "refuse",
                        "The receiver will not have it: it is parked.",
                        "Refusal",
                        "Not required; one that is there must hold."));
        paths.put(
                "/api/v1/openapi.json",
                get(
                        "getDescription",
                        "This description: of the exchanges that concern the caller.",
                        List.of(),
                        json(Map.of("type", "object"))));
        return paths;
    }

    private static Map<String, Object> path(String name) {
        Map<String, Object> schema =
                name.endsWith("Id") ? Map.of("type", "string", "format", "uuid") : OpenApiSchemas.STRING;
        return Map.of("name", name, "in", "path", "required", true, "schema", schema);
    }

    private static Map<String, Object> get(
            String id, String summary, List<Map<String, Object>> parameters, Map<String, Object> content, int... more) {
        Map<String, Object> operation = operation(id, summary, parameters);
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", OpenApiParts.response(summary, content));
        // Whoever calls is looked at first: who it is, and whether its certificate can be relied on now.
        responses.putAll(OpenApiParts.problems(401, 403, 429, 503));
        responses.putAll(OpenApiParts.problems(more));
        operation.put("responses", responses);
        return Map.of("get", operation);
    }

    private static Map<String, Object> post(String id, String summary, String schema, String signature) {
        Map<String, Object> operation = operation(
                id,
                summary,
                List.of(
                        path("deliveryId"),
                        OpenApiParts.header(
                                Intake.SIGNATURE,
                                "A detached JWS over exactly the bytes of the body. " + signature,
                                OpenApiSchemas.STRING)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("required", true);
        body.put("content", json(OpenApiSchemas.ours(schema)));
        operation.put("requestBody", body);
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("204", Map.of("description", "Recorded; a repeat too."));
        responses.putAll(OpenApiParts.problems(400, 401, 403, 404, 413, 415, 422, 429, 503));
        operation.put("responses", responses);
        return Map.of("post", operation);
    }

    private static Map<String, Object> operation(String id, String summary, List<Map<String, Object>> parameters) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("summary", summary);
        if (!parameters.isEmpty()) {
            operation.put("parameters", new ArrayList<>(parameters));
        }
        return operation;
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of(JSON, Map.of("schema", schema));
    }

    private static Map<String, Object> files() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("application/xml", Map.of("schema", OpenApiSchemas.STRING));
        content.put(JSON, Map.of("schema", Map.of("type", "object")));
        content.put("application/schema+json", Map.of("schema", Map.of("type", "object")));
        return content;
    }

    private static Map<String, Object> states() {
        return Map.of(
                "type", "string", "enum", Messages.STATES.stream().sorted().toList());
    }
}
