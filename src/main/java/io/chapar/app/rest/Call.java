package io.chapar.app.rest;

import io.chapar.message.Refusal;
import java.io.IOException;

/** One call of the interface. */
@FunctionalInterface
interface Call {

    /** Answers, or refuses; the servlet tells the refusal. */
    void answer(Visit visit) throws Refusal, IOException;
}
