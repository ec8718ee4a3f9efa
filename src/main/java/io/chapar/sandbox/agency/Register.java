package io.chapar.sandbox.agency;

import java.util.Map;
import java.util.Optional;

/** Whom the population register knows. */
@FunctionalInterface
public interface Register {

    /** The person who is asked for, as the answer's schema writes one; empty for nobody. */
    Optional<Map<String, Object>> find(Content question);
}
