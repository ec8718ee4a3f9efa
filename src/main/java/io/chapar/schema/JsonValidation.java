package io.chapar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.chapar.message.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds JSON to a schema, and tells where and which rule, never the value. */
final class JsonValidation {

    private static final int MOST = 50;
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final Schema schema;
    private final JsonConstraints constraints;

    JsonValidation(Schema schema, JsonConstraints constraints) {
        this.schema = schema;
        this.constraints = constraints;
    }

    List<Violation> validate(Map<String, Object> object) {
        List<Error> errors = schema.validate(node(object));
        if (errors.isEmpty()) {
            return List.of();
        }
        Set<Violation> found = new LinkedHashSet<>();
        for (Error error : errors) {
            if (found.size() < MOST) {
                found.add(violation(error));
            }
        }
        return List.copyOf(found);
    }

    private Violation violation(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String keyword = error.getKeyword() == null ? "" : error.getKeyword();
        String property = error.getProperty();
        return switch (keyword) {
            case "required" -> new Violation(property == null ? pointer : pointer + "/" + property, "is required");
            case "dependentRequired" ->
                new Violation(
                        property == null ? pointer : pointer + "/" + property,
                        "must not stand without what the schema demands beside it");
            case "additionalProperties", "unevaluatedProperties", "propertyNames" ->
                new Violation(
                        property == null ? pointer : XsdValidation.unknown(pointer, property), "is not in the schema");
            default -> new Violation(pointer, constraints.words(pointer, keyword));
        };
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, part) -> object.set((String) name, node(part)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(part -> array.add(node(part)));
            return array;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (value instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        }
        return NODES.nullNode();
    }
}
