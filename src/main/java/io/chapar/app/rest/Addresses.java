package io.chapar.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which call stands at which address. */
final class Addresses {

    /** The place of a variable in an address. */
    private static final String VARIABLE = "{}";

    private final List<Address> all = new ArrayList<>();

    private record Address(List<String> segments, Map<String, Call> calls) {}

    /**
     * What an address leads to.
     *
     * @param calls by method
     */
    record Found(Map<String, Call> calls, List<String> variables) {
        /** The methods that may be used here, as the header {@code Allow} names them. */
        String allow() {
            List<String> methods = new ArrayList<>(calls.keySet());
            methods.add("OPTIONS");
            return String.join(", ", methods);
        }
    }

    /** Adds a call; a GET that changes nothing also answers HEAD. */
    Addresses add(String method, String path, Call call) {
        List<String> segments = List.of(path.split("/"));
        Map<String, Call> calls = all.stream()
                .filter(address -> address.segments.equals(segments))
                .map(Address::calls)
                .findFirst()
                .orElseGet(() -> {
                    Map<String, Call> none = new TreeMap<>();
                    all.add(new Address(segments, none));
                    return none;
                });
        calls.put(method, call);
        return this;
    }

    /** A call that may be repeated without an effect: GET and HEAD. */
    Addresses look(String path, Call call) {
        return add("GET", path, call).add("HEAD", path, call);
    }

    /** @param path without the leading slash */
    Optional<Found> find(String path) {
        String[] segments = path.split("/", -1);
        for (Address address : all) {
            Optional<List<String>> variables = match(address.segments, segments);
            if (variables.isPresent()) {
                return Optional.of(new Found(address.calls, variables.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> match(List<String> pattern, String[] segments) {
        if (pattern.size() != segments.length) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>(2);
        for (int i = 0; i < segments.length; i++) {
            if (pattern.get(i).equals(VARIABLE)) {
                if (segments[i].isEmpty()) {
                    return Optional.empty();
                }
                variables.add(segments[i]);
            } else if (!pattern.get(i).equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
