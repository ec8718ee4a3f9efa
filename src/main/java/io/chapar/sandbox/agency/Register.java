package io.chapar.sandbox.agency;

import java.util.Map;
import java.util.Optional;

/** What an agency that answers questions knows. */
@FunctionalInterface
public interface Register {

    /** What was found, as the schema of the answer writes it after {@code found}; empty when nothing was. */
    Optional<Map<String, Object>> find(Content question);
}
