package io.chapar.app.door;

import io.chapar.message.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells what was refused outside of any door, in the language of the door that was called. */
@FunctionalInterface
public interface Refusals {

    void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException;
}
