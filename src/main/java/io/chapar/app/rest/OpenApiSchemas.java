package io.chapar.app.rest;

import io.chapar.app.door.SchemaFiles;
import io.chapar.message.ProblemCode;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The schemas of the description: those of the exchanges, put in with their references turned so that the description
 * stands on its own, and those of what the gateway itself says.
 */
final class OpenApiSchemas {

    private static final String PLACE = "#/components/schemas/";

    private final SchemaFiles files;

    OpenApiSchemas(SchemaFiles files) {
        this.files = files;
    }

    /** @param exchanges whose schemas are wanted, beside what all have in common */
    Map<String, Object> all(Set<String> exchanges) {
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (String name : files.names("")) {
            String exchange = name.substring(0, name.indexOf('/'));
            if (name.endsWith(".schema.json")
                    && (exchange.equals(SchemaFiles.COMMON) || exchanges.contains(exchange))) {
                Map<String, Object> schema = new LinkedHashMap<>(parse(name));
                schema.remove("$schema");
                schema.remove("$id");
                schemas.put(component(name), turned(name, schema));
            }
        }
        schemas.put("Problem", problem());
        schemas.put(
                "Checked",
                object(
                        Map.of("type", "boolean"),
                        "wouldBeAccepted",
                        STRING,
                        "messageId",
                        STRING,
                        "exchange",
                        STRING,
                        "version",
                        array(STRING),
                        "receivers"));
        schemas.put("History", history());
        schemas.put("Delivery", delivery());
        schemas.put("Acknowledgement", object(UUID, "deliveryId", DIGEST, "digest", TIME, "at"));
        schemas.put(
                "Refusal",
                object(
                        Map.of("type", "string", "minLength", 1, "maxLength", 64), "code",
                        Map.of("type", "string", "maxLength", 1000), "text"));
        return schemas;
    }

    /** A reference to the schema of a file, if there is one. */
    Optional<Map<String, Object>> reference(String file) {
        return files.file(file).map(bytes -> Map.of("$ref", PLACE + component(file)));
    }

    static Map<String, Object> ours(String name) {
        return Map.of("$ref", PLACE + name);
    }

    /** The samples of one exchange by their name, as examples. */
    Map<String, Object> examples(String folder, String ending) {
        Map<String, Object> examples = new LinkedHashMap<>();
        for (String name : files.names(folder + "samples/")) {
            if (name.endsWith(ending)) {
                String title = name.substring(name.lastIndexOf('/') + 1, name.length() - ending.length());
                Object value = ending.equals(".json")
                        ? parse(name)
                        : new String(files.file(name).orElseThrow(), StandardCharsets.UTF_8);
                examples.put(title, Map.of("value", value));
            }
        }
        return examples;
    }

    static final Map<String, Object> STRING = Map.of("type", "string");
    private static final Map<String, Object> UUID = Map.of("type", "string", "format", "uuid");
    private static final Map<String, Object> TIME = Map.of("type", "string", "format", "date-time");
    private static final Map<String, Object> WHOLE = Map.of("type", "integer");
    private static final Map<String, Object> TEXT_OR_NULL = Map.of("type", List.of("string", "null"));
    private static final Map<String, Object> DIGEST = Map.of("type", "string", "pattern", "^sha-256:[0-9a-f]{64}$");

    private static Map<String, Object> problem() {
        Map<String, Object> problem = object(
                STRING,
                "type",
                STRING,
                "title",
                WHOLE,
                "status",
                STRING,
                "detail",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        Arrays.stream(ProblemCode.values())
                                .map(ProblemCode::code)
                                .toList()),
                "code",
                STRING,
                "traceId",
                STRING,
                "nextStep",
                Map.of("type", "string", "enum", List.of("never", "after-change", "later")),
                "retry");
        Map<String, Object> members = new LinkedHashMap<>(members(problem));
        members.put("messageId", UUID);
        members.put("violations", array(object(STRING, "pointer", STRING, "rule")));
        problem.put("properties", members);
        return problem;
    }

    private static Map<String, Object> history() {
        Map<String, Object> receiver = object(
                STRING,
                "receiver",
                UUID,
                "deliveryId",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        List.of("waiting", "held", "parked", "mailed", "delivered", "withdrawn")),
                "state",
                TIME,
                "since",
                WHOLE,
                "attempts",
                TEXT_OR_NULL,
                "answer",
                orNull(TIME),
                "sentAgainAt");
        return object(
                UUID,
                "messageId",
                STRING,
                "sender",
                STRING,
                "exchange",
                STRING,
                "version",
                TIME,
                "acceptedAt",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        Messages.STATES.stream().sorted().toList()),
                "state",
                orNull(object(TIME, "due", Map.of("type", "boolean"), "met")),
                "deadline",
                orNull(object(TIME, "due")),
                "obligation",
                orNull(UUID),
                "corrects",
                array(object(
                        UUID,
                        "messageId",
                        Map.of("type", "string", "enum", List.of("correct", "withdraw")),
                        "action",
                        TIME,
                        "acceptedAt")),
                "correctedBy",
                array(receiver),
                "receivers");
    }

    private static Map<String, Object> delivery() {
        return object(
                UUID,
                "deliveryId",
                UUID,
                "messageId",
                STRING,
                "sender",
                STRING,
                "exchange",
                STRING,
                "version",
                STRING,
                "contentType",
                TEXT_OR_NULL,
                "signature",
                DIGEST,
                "digest",
                DIGEST,
                "originalDigest",
                WHOLE,
                "attempt",
                Map.of("type", "string", "contentEncoding", "base64"),
                "payload");
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of("oneOf", List.of(schema, Map.of("type", "null")));
    }

    static Map<String, Object> array(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    /** An object of schemas and names by turns, all of them required. */
    static Map<String, Object> object(Object... schemasAndNames) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < schemasAndNames.length; i += 2) {
            members.put((String) schemasAndNames[i + 1], schemasAndNames[i]);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("required", List.copyOf(members.keySet()));
        object.put("properties", members);
        return object;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> members(Map<String, Object> object) {
        return (Map<String, Object>) object.getOrDefault("properties", Map.of());
    }

    /** {@code birth-notification/1.0/birth-notification.answer.schema.json} is {@code birth-notification-1.0-answer}. */
    private static String component(String file) {
        String[] parts = file.split("/");
        return parts[0] + "-" + parts[1] + (file.endsWith(".answer.schema.json") ? "-answer" : "");
    }

    private static Object turned(String file, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(
                    (String) name,
                    name.equals("$ref") && member instanceof String reference
                            ? turnedReference(file, reference)
                            : turned(file, member)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(member -> turned(file, member)).toList()
                : value;
    }

    private static String turnedReference(String file, String reference) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : reference.substring(hash + 1);
        String target = path.isEmpty() ? file : URI.create(file).resolve(path).toString();
        return PLACE + component(target) + fragment;
    }

    private Map<String, Object> parse(String name) {
        try {
            return HardenedJson.parse(files.file(name).orElseThrow());
        } catch (Malformed e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
