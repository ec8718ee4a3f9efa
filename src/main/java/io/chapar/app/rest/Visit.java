package io.chapar.app.rest;

import io.chapar.app.door.Intake;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to a known address.
 *
 * @param variables what stands in the variable places of the address, in order
 */
record Visit(HttpServletRequest request, HttpServletResponse response, List<String> variables) {

    String variable(int index) {
        return variables.get(index);
    }

    /** An id in the address; what is no UUID names nothing of the caller's. */
    UUID id(int index) throws Refusal {
        return uuid(variable(index))
                .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_MESSAGE, "The id in the address is not a UUID."));
    }

    String traceId() {
        return Intake.traceId(request);
    }

    /**
     * A parameter of the query string, read here because the servlet API would also look for it in a form's body.
     *
     * @throws Refusal when it stands twice or cannot be decoded
     */
    Optional<String> parameter(String name) throws Refusal {
        @Nullable String query = request.getQueryString();
        if (query == null) {
            return Optional.empty();
        }
        Optional<String> found = Optional.empty();
        for (String pair : query.split("&", 64)) {
            int equals = pair.indexOf('=');
            if (!(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                continue;
            }
            if (found.isPresent()) {
                throw malformed("The parameter " + name + " stands twice.");
            }
            found = Optional.of(decode(name, equals < 0 ? "" : pair.substring(equals + 1)));
        }
        return found;
    }

    /** A parameter that is {@code true} or {@code false}; false when absent. */
    boolean flag(String name) throws Refusal {
        Optional<String> given = parameter(name);
        if (given.isEmpty() || given.get().equals("false")) {
            return false;
        }
        if (given.get().equals("true")) {
            return true;
        }
        throw malformed("The parameter " + name + " is true or false.");
    }

    /** A whole number that is not negative; what is above the most counts as the most. */
    int number(String name, int otherwise, int most) throws Refusal {
        Optional<String> given = parameter(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        if (!given.get().matches("[0-9]{1,9}")) {
            throw malformed("The parameter " + name + " is a whole number.");
        }
        return Math.min(Integer.parseInt(given.get()), most);
    }

    static Optional<UUID> uuid(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return Optional.empty();
        }
        return Optional.of(UUID.fromString(text));
    }

    static Refusal malformed(String detail) {
        return new Refusal(ProblemCode.MALFORMED, detail);
    }

    private static String decode(String name, String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("The parameter " + name + " is not percent-encoded as it should be.");
        }
    }
}
