package io.chapar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the JSON Schema demands at a place. Both validators take their words from here, so that a sender reads the same
 * sentence whether it sent XML or JSON, and no word of it comes from the document.
 */
final class JsonConstraints {

    /** A place in a schema file; a reference leads to another one. */
    private record Place(Path file, JsonNode node) {}

    /** Common types that a person cannot word: codes, numbers, dates, and names. */
    private static final Set<String> CODED = Set.of(
            "uuid",
            "partyCode",
            "exchangeCode",
            "exchangeVersion",
            "date",
            "dateTime",
            "digest",
            "name",
            "documentNumber",
            "identificationNumber");

    private static final String COMMON = "common.schema.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<Path, JsonNode> files = new ConcurrentHashMap<>();
    private final Map<String, List<Place>> known = new ConcurrentHashMap<>();

    JsonConstraints(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** What a value at the pointer (without indices) must be, in words of the schema. */
    String words(String pointer, String keyword) {
        List<Place> places = places(pointer);
        for (Place place : places) {
            if (place.node().has(keyword)) {
                return "must be: " + description(place.node(), places);
            }
        }
        return "must be: "
                + places.stream()
                        .map(Place::node)
                        .filter(node -> node.has("description"))
                        .reduce((first, last) -> last)
                        .map(node -> node.get("description").asText())
                        .orElse("what the schema says");
    }

    /** Whether the record at the pointer must have this part. */
    boolean requires(String pointer, String name) {
        for (Place place : places(pointer)) {
            for (JsonNode required : place.node().path("required")) {
                if (required.asText().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether what stands at the pointer is a code, a name, a date or a number, whatever it says. */
    boolean isCoded(String pointer) {
        List<Place> declared = declared(pointer);
        return !declared.isEmpty() && declared.stream().allMatch(this::isCoded);
    }

    /** The only values that the schema allows at the pointer; empty when it lists none. */
    Set<String> values(String pointer) {
        List<Set<String>> listed = declared(pointer).stream().map(this::values).toList();
        return listed.contains(Set.<String>of())
                ? Set.of()
                : listed.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** How many elements the list at the pointer may have; nothing where the schema sets no bound. */
    OptionalInt most(String pointer) {
        return declared(pointer).stream()
                .map(place -> place.node().path("maxItems"))
                .filter(JsonNode::isInt)
                .mapToInt(JsonNode::asInt)
                .max();
    }

    private Set<String> values(Place place) {
        List<JsonNode> nodes = whole(place).stream().map(Place::node).toList();
        return nodes.stream().anyMatch(node -> node.has("anyOf") || node.has("oneOf") || node.has("const"))
                ? Set.of()
                : nodes.stream()
                        .flatMap(node -> StreamSupport.stream(node.path("enum").spliterator(), false))
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
    }

    private List<Place> declared(String pointer) {
        int last = pointer.lastIndexOf('/');
        String name = pointer.substring(last + 1);
        return places(pointer.substring(0, last)).stream()
                .filter(place -> place.node().path("properties").has(name))
                .map(place ->
                        new Place(place.file(), place.node().path("properties").path(name)))
                .toList();
    }

    private boolean isCoded(Place place) {
        JsonNode node = place.node();
        if (node.has("enum") || node.has("const")) {
            return true;
        }
        if (node.has("items")) {
            return isCoded(new Place(place.file(), node.get("items")));
        }
        if (node.has("$ref")) {
            String reference = node.get("$ref").asText();
            Place target = follow(place.file(), reference);
            boolean common = target.file().getFileName().toString().equals(COMMON);
            return common && CODED.contains(reference.substring(reference.lastIndexOf('/') + 1)) || isCoded(target);
        }
        return node.has("anyOf")
                && StreamSupport.stream(node.get("anyOf").spliterator(), false)
                        .allMatch(part -> isCoded(new Place(place.file(), part)));
    }

    private static String description(JsonNode node, List<Place> places) {
        if (node.has("description")) {
            return node.get("description").asText();
        }
        return places.stream()
                .map(Place::node)
                .filter(other -> other.has("description"))
                .findFirst()
                .map(other -> other.get("description").asText())
                .orElse("what the schema says");
    }

    private List<Place> places(String pointer) {
        String path = pointer.replaceAll("/[0-9]+(?=/|$)", "");
        return known.size() > 10_000 ? find(path) : known.computeIfAbsent(path, this::find);
    }

    private List<Place> find(String path) {
        List<Place> here = whole(new Place(file, read(file)));
        for (String name : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
            List<Place> below = new ArrayList<>();
            for (Place place : here) {
                JsonNode property = place.node().path("properties").path(name);
                if (!property.isMissingNode()) {
                    below.addAll(whole(new Place(place.file(), property)));
                }
            }
            here = below;
        }
        return List.copyOf(here);
    }

    /** The place itself, what it refers to, what it combines, and for a list its elements. */
    private List<Place> whole(Place place) {
        List<Place> all = new ArrayList<>();
        all.add(place);
        JsonNode node = place.node();
        if (node.has("$ref")) {
            all.addAll(whole(follow(place.file(), node.get("$ref").asText())));
        }
        for (String combining : List.of("allOf", "anyOf", "oneOf")) {
            for (JsonNode part : node.path(combining)) {
                all.addAll(whole(new Place(place.file(), part)));
            }
        }
        if (node.has("items")) {
            all.addAll(whole(new Place(place.file(), node.get("items"))));
        }
        return all;
    }

    private Place follow(Path from, String reference) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        Path target = path.isEmpty()
                ? from
                : Optional.ofNullable(from.getParent())
                        .orElseThrow()
                        .resolve(path)
                        .normalize();
        return new Place(target, read(target).at(hash < 0 ? "" : reference.substring(hash + 1)));
    }

    private JsonNode read(Path path) {
        return files.computeIfAbsent(path, wanted -> {
            try {
                return JSON.readTree(Files.readAllBytes(wanted));
            } catch (IOException e) {
                throw new IllegalArgumentException(wanted + " cannot be read as a JSON Schema", e);
            }
        });
    }
}
