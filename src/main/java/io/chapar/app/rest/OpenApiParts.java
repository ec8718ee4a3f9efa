package io.chapar.app.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pieces of which the operations of the description are made. */
final class OpenApiParts {

    private OpenApiParts() {}

    /** A whole number between these two; absent, it counts as the last. */
    static Map<String, Object> bounded(long least, long most, long otherwise) {
        return Map.of("type", "integer", "minimum", least, "maximum", most, "default", otherwise);
    }

    static Map<String, Object> query(String name, String description, Map<String, Object> schema) {
        return parameter("query", name, description, schema);
    }

    static Map<String, Object> header(String name, String description, Map<String, Object> schema) {
        return parameter("header", name, description, schema);
    }

    private static Map<String, Object> parameter(
            String in, String name, String description, Map<String, Object> schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("description", description);
        parameter.put("schema", schema);
        return parameter;
    }

    static Map<String, Object> response(String description, Map<String, Object> content) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", description);
        response.put("content", content);
        return response;
    }

    static Map<String, Object> problems(int... statuses) {
        Map<String, Object> responses = new LinkedHashMap<>();
        for (int status : statuses) {
            responses.put(Integer.toString(status), Map.of("$ref", "#/components/responses/Problem" + status));
        }
        return responses;
    }
}
