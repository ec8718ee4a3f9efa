package io.chapar.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a document says, whether it came as XML or JSON: maps, lists, strings, numbers and booleans, named as the schema
 * names them and in its order. Conditions of agreements are asked of it, and what a receiver may not see is taken out of
 * it, in this one place.
 */
public record Fields(Map<String, Object> root) {

    /** Where the nonce stands, which nobody receives. */
    public static final String NONCE = "/header/nonce";

    private static final String HEADER = "/header";

    /**
     * The value at a pointer such as {@code /mother/residence/region}. Lists are not indexed: in a list, the first
     * element that has the rest of the path answers.
     */
    public Optional<Object> at(String pointer) {
        return Optional.ofNullable(find(root, names(pointer), 0));
    }

    public Optional<String> text(String pointer) {
        return at(pointer).map(Object::toString);
    }

    /**
     * A copy that holds nothing but what the pointers name, each with all that is below it; a pointer passes through
     * lists to each of their elements.
     */
    public Fields only(Collection<String> pointers) {
        Map<String, Object> kept = new LinkedHashMap<>();
        List<List<String>> paths = pointers.stream().map(Fields::names).toList();
        copy(root, kept, paths, 0);
        return new Fields(kept);
    }

    /**
     * What somebody may see to whom these pointers were granted: they and the header, and never the nonce, whatever was
     * granted. The one place where what must not be seen is taken out.
     */
    public Fields shown(Collection<String> granted) {
        List<String> pointers = new ArrayList<>(granted);
        pointers.add(HEADER);
        return only(pointers).without(NONCE);
    }

    /**
     * The first place of what a mapping made for somebody that was not granted to them; the header always is. A mapping
     * is handed only what {@link #shown} left, but could move it elsewhere, or add to it.
     */
    public Optional<String> beyond(Collection<String> granted) {
        List<List<String>> paths = Stream.concat(granted.stream(), Stream.of(HEADER))
                .map(Fields::names)
                .toList();
        return beyond(root, paths, 0, "");
    }

    /** A copy without what the pointer names. */
    public Fields without(String pointer) {
        return new Fields(remove(root, names(pointer), 0));
    }

    private static @Nullable Object find(@Nullable Object value, List<String> path, int depth) {
        if (depth == path.size() || value == null) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return find(map.get(path.get(depth)), path, depth + 1);
        }
        if (value instanceof List<?> list) {
            for (Object element : list) {
                Object found = find(element, path, depth);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static void copy(Map<?, ?> from, Map<String, Object> to, List<List<String>> paths, int depth) {
        for (Map.Entry<?, ?> entry : from.entrySet()) {
            String name = (String) entry.getKey();
            List<List<String>> through =
                    paths.stream().filter(path -> path.get(depth).equals(name)).toList();
            if (through.isEmpty() || entry.getValue() == null) {
                continue;
            }
            boolean whole = through.stream().anyMatch(path -> path.size() == depth + 1);
            Object kept = whole ? entry.getValue() : below(entry.getValue(), through, depth + 1);
            if (kept != null) {
                to.put(name, kept);
            }
        }
    }

    private static @Nullable Object below(@Nullable Object value, List<List<String>> paths, int depth) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            copy(map, kept, paths, depth);
            return kept.isEmpty() ? null : kept;
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            for (Object element : list) {
                Object part = below(element, paths, depth);
                if (part != null) {
                    kept.add(part);
                }
            }
            return kept.isEmpty() ? null : kept;
        }
        return null;
    }

    private static Optional<String> beyond(@Nullable Object value, List<List<String>> paths, int depth, String place) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .flatMap(element -> beyond(element, paths, depth, place).stream())
                    .findFirst();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? Optional.empty() : Optional.of(place);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            List<List<String>> through = paths.stream()
                    .filter(path -> path.get(depth).equals(entry.getKey()))
                    .toList();
            if (through.stream().noneMatch(path -> path.size() == depth + 1)) {
                String below = place + "/" + entry.getKey();
                Optional<String> found = through.isEmpty() && entry.getValue() != null
                        ? Optional.of(below)
                        : beyond(entry.getValue(), through, depth + 1, below);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> remove(Map<?, ?> from, List<String> path, int depth) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : from.entrySet()) {
            String name = (String) entry.getKey();
            Object value = entry.getValue();
            if (name.equals(path.get(depth))) {
                if (depth + 1 == path.size()) {
                    continue;
                }
                if (value instanceof Map<?, ?> map) {
                    value = remove(map, path, depth + 1);
                }
            }
            kept.put(name, value);
        }
        return kept;
    }

    private static List<String> names(String pointer) {
        if (!pointer.startsWith("/") || pointer.length() < 2) {
            throw new IllegalArgumentException("a pointer begins with / and names at least one field: " + pointer);
        }
        return List.of(pointer.substring(1).split("/", -1));
    }
}
