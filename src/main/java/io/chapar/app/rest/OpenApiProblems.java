package io.chapar.app.rest;

import io.chapar.app.door.ProblemDocument;
import io.chapar.message.ProblemCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The refusals of the description, made from the table of problems. */
final class OpenApiProblems {

    private OpenApiProblems() {}

    /** One response for each status of the table. */
    static Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        Arrays.stream(ProblemCode.values())
                // No call that is described here is answered so.
                .filter(code -> code != ProblemCode.METHOD_NOT_ALLOWED)
                .collect(Collectors.groupingBy(ProblemCode::status, LinkedHashMap::new, Collectors.toList()))
                .forEach((status, codes) -> responses.put("Problem" + status, problem(codes)));
        return responses;
    }

    private static Map<String, Object> problem(List<ProblemCode> codes) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("X-JWS-Signature", Map.of("schema", OpenApiSchemas.STRING));
        if (codes.stream().anyMatch(code -> code.retry() == ProblemCode.Retry.LATER)) {
            headers.put("Retry-After", Map.of("schema", Map.of("type", "integer")));
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(ProblemDocument.JSON, Map.of("schema", OpenApiSchemas.ours("Problem")));
        content.put(
                ProblemDocument.XML, Map.of("schema", Map.of("type", "string", "contentMediaType", "application/xml")));
        Map<String, Object> response = new LinkedHashMap<>();
        response.put(
                "description",
                codes.stream().map(code -> code.code() + ": " + code.title()).collect(Collectors.joining("; ")));
        response.put("headers", headers);
        response.put("content", content);
        return response;
    }
}
