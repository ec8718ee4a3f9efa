package io.chapar.app.rest;

import io.chapar.app.door.Intake;
import io.chapar.app.door.QueryParameters;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

    /** @throws Refusal when a parameter of the query string cannot be decoded */
    QueryParameters query() throws Refusal {
        return QueryParameters.of(request);
    }

    /** @throws Refusal when it stands twice or cannot be decoded */
    Optional<String> parameter(String name) throws Refusal {
        return query().value(name);
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
}
