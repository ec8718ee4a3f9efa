package io.chapar.app.command;

import io.chapar.message.ExchangeVersion;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the JSON Schemas say about a field: the words that also stand in the XML Schemas. */
final class FieldWords {

    private static final String LIST = "items";

    /** @param file in which it stands, for the references that start there */
    private record Place(Path file, Map<?, ?> schema) {}

    private final Path schemas;
    private final Map<Path, Map<String, Object>> read = new HashMap<>();

    FieldWords(Path schemas) {
        this.schemas = schemas;
    }

    /** What the whole message says, and what of its rules is left to whom. */
    String of(ExchangeVersion exchange) {
        return String.valueOf(schema(file(exchange, false)).get("description"));
    }

    private Path file(ExchangeVersion exchange, boolean answer) {
        return schemas.resolve(exchange.exchange())
                .resolve(exchange.version())
                .resolve(exchange.exchange() + (answer ? ".answer" : "") + ".schema.json")
                .normalize();
    }

    /** @param answer whether it is a field of the answer to a query */
    String of(ExchangeVersion exchange, boolean answer, String pointer) {
        Path file = file(exchange, answer);
        List<Place> at = List.of(new Place(file, schema(file)));
        String words = "";
        for (String name : pointer.substring(1).split("/", -1)) {
            List<Place> next = new ArrayList<>();
            for (Place place : at) {
                below(place, name, next);
            }
            words = next.stream()
                    .map(place -> place.schema().get("description"))
                    .filter(String.class::isInstance)
                    .map(Object::toString)
                    .findFirst()
                    .orElse("");
            at = next;
        }
        return words;
    }

    /** Adds what has this name, wherever the schema may say so: itself, what it refers to, each of its cases. */
    private void below(Place place, String name, List<Place> found) {
        Map<?, ?> schema = place.schema();
        if (schema.get("properties") instanceof Map<?, ?> members && members.get(name) instanceof Map<?, ?> member) {
            found.add(new Place(place.file(), member));
        }
        if (schema.get(LIST) instanceof Map<?, ?> items) {
            below(new Place(place.file(), items), name, found);
        }
        target(place).ifPresent(target -> below(target, name, found));
        for (String each : List.of("allOf", "oneOf", "anyOf")) {
            if (schema.get(each) instanceof List<?> cases) {
                for (Object one : cases) {
                    if (one instanceof Map<?, ?> map) {
                        below(new Place(place.file(), map), name, found);
                    }
                }
            }
        }
    }

    private Optional<Place> target(Place place) {
        if (!(place.schema().get("$ref") instanceof String reference)) {
            return Optional.empty();
        }
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        Path file = path.isEmpty()
                ? place.file()
                : place.file().resolveSibling(path).normalize();
        Object at = schema(file);
        for (String name :
                hash < 0 ? new String[0] : reference.substring(hash + 1).split("/", -1)) {
            at = name.isEmpty() ? at : at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at instanceof Map<?, ?> map ? Optional.of(new Place(file, map)) : Optional.empty();
    }

    private Map<String, Object> schema(Path file) {
        return read.computeIfAbsent(file, path -> {
            try {
                return HardenedJson.parse(Files.readAllBytes(path));
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be read", e);
            } catch (Malformed e) {
                throw new IllegalArgumentException(path + " is no JSON", e);
            }
        });
    }
}
