package io.chapar.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a scenario file, whose form its schema has checked already. */
record Entry(Map<String, Object> values) {

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    int number(String name, int otherwise) {
        return values.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    /** The entries below; none when it is not there or is no map. */
    @SuppressWarnings("unchecked")
    Entry below(String name) {
        return new Entry(values.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    List<Entry> entries(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .map(each -> new Entry((Map<String, Object>) each))
                        .toList()
                : List.of();
    }
}
