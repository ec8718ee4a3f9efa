package io.chapar.app.rest;

import io.chapar.app.batch.BatchDoor;
import io.chapar.app.door.Intake;
import io.chapar.message.Agreement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about batches: described once for all exchanges that may be sent so. */
final class OpenApiBatches {

    private static final String BATCH = "/api/v1/exchanges/{exchange}/batches/{batchId}";
    private static final String JSON = "application/json";
    private static final Map<String, Object> INTEGER = Map.of("type", "integer");

    private OpenApiBatches() {}

    static Map<String, Object> paths(List<Agreement> agreements) {
        List<String> exchanges = agreements.stream()
                .filter(Agreement::bulk)
                .map(agreement -> agreement.exchange().exchange())
                .distinct()
                .sorted()
                .toList();
        if (exchanges.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("parameters", address(exchanges));
        batch.put("put", put());
        batch.put(
                "get",
                get(
                        "getBatch",
                        "Where the caller's own batch stands; HEAD tells Upload-Offset.",
                        status(),
                        401,
                        403,
                        404,
                        429,
                        503));
        batch.put("delete", delete());
        Map<String, Object> receipts = new LinkedHashMap<>();
        receipts.put("parameters", address(exchanges));
        Map<String, Object> lines = get(
                "listBatchReceipts",
                "What became of each message, a line for each, in their order.",
                told(),
                400,
                401,
                403,
                404,
                429,
                503);
        lines.put(
                "parameters",
                List.of(OpenApiParts.query(
                        "from",
                        "The number of the first message that is wanted.",
                        Map.of("type", "integer", "minimum", 0))));
        receipts.put("get", lines);
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put(BATCH, batch);
        paths.put(BATCH + "/receipts", receipts);
        return paths;
    }

    private static List<Map<String, Object>> address(List<String> exchanges) {
        return List.of(
                Map.of(
                        "name",
                        "exchange",
                        "in",
                        "path",
                        "required",
                        true,
                        "schema",
                        Map.of("type", "string", "enum", exchanges)),
                Map.of(
                        "name",
                        "batchId",
                        "in",
                        "path",
                        "required",
                        true,
                        "description",
                        "Of the sender's choice.",
                        "schema",
                        Map.of("type", "string", "format", "uuid")));
    }

    private static Map<String, Object> put() {
        Map<String, Object> operation = operation("putBatch", "Uploads many messages, whole or piece by piece.");
        operation.put(
                "description",
                "Lines of flattened JWS, or a ZIP of signed XML documents; with X-JWS-Signature on the request that"
                        + " completes the batch, lines of plain JSON, or a ZIP of documents without signatures. upload-offset"
                        + " (409) comes with the header Upload-Offset, where to go on.");
        operation.put(
                "parameters",
                List.of(
                        OpenApiParts.header(
                                "Content-Range",
                                "bytes first-last/total: a piece, which begins where the last one ended.",
                                OpenApiSchemas.STRING),
                        OpenApiParts.header(
                                Intake.SIGNATURE,
                                "One detached JWS over all bytes of the batch, on the request that completes it.",
                                OpenApiSchemas.STRING)));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(BatchDoor.LINES, Map.of("schema", OpenApiSchemas.STRING));
        content.put(BatchDoor.ZIP, Map.of("schema", OpenApiSchemas.STRING));
        operation.put("requestBody", Map.of("required", true, "content", content));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", told("A piece is kept; more is wanted.", JSON, status()));
        responses.put("202", told("The batch is complete, and on the disk.", JSON, status()));
        responses.putAll(OpenApiParts.problems(400, 401, 403, 404, 409, 413, 415, 429, 503));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> get(String id, String summary, Map<String, Object> schema, int... problems) {
        Map<String, Object> operation = operation(id, summary);
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", told(summary, id.equals("getBatch") ? JSON : BatchDoor.LINES, schema));
        responses.putAll(OpenApiParts.problems(problems));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> delete() {
        Map<String, Object> operation = operation("deleteBatch", "Takes back a batch that is not complete.");
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("204", Map.of("description", "Forgotten."));
        responses.putAll(OpenApiParts.problems(401, 403, 404, 422, 429, 503));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> operation(String id, String summary) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("summary", summary);
        operation.put("tags", List.of("exchanges"));
        return operation;
    }

    private static Map<String, Object> told(String description, String type, Map<String, Object> schema) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("Batch-State", Map.of("schema", OpenApiSchemas.STRING));
        if (type.equals(JSON)) {
            headers.put("Upload-Offset", Map.of("schema", INTEGER));
        }
        Map<String, Object> response = OpenApiParts.response(description, Map.of(type, Map.of("schema", schema)));
        response.put("headers", headers);
        return response;
    }

    private static Map<String, Object> status() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("batchId", OpenApiSchemas.STRING);
        members.put("exchange", OpenApiSchemas.STRING);
        members.put("state", Map.of("type", "string", "enum", List.of("receiving", "working", "done", "refused")));
        for (String number : List.of("received", "total", "messages", "accepted", "refused")) {
            members.put(number, INTEGER);
        }
        members.put("problem", OpenApiSchemas.ours("Problem"));
        members.put("problemJws", OpenApiSchemas.STRING);
        return Map.of("type", "object", "properties", members, "required", List.of("batchId", "exchange", "state"));
    }

    private static Map<String, Object> told() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", INTEGER);
        members.put("entry", OpenApiSchemas.STRING);
        members.put("status", INTEGER);
        members.put("messageId", OpenApiSchemas.STRING);
        members.put("receipt", OpenApiSchemas.STRING);
        members.put("problem", OpenApiSchemas.ours("Problem"));
        members.put("problemJws", OpenApiSchemas.STRING);
        return Map.of("type", "object", "properties", members, "required", List.of("line", "status"));
    }
}
