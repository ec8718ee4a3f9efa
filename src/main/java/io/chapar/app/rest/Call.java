package io.chapar.app.rest;

import io.chapar.message.Refusal;
import java.io.IOException;
import java.util.Set;

/** One call of the interface. */
@FunctionalInterface
interface Call {

    /** Answers, or refuses; the servlet tells the refusal. */
    void answer(Visit visit) throws Refusal, IOException;

    /** The query parameters that it knows, when it changes something: with any other one it is refused. */
    default Set<String> parameters() {
        return Set.of();
    }
}
