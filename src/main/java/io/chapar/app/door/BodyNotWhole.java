package io.chapar.app.door;

import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.io.IOException;

/**
 * A body that its sender did not bring to its end, or not in time. The server itself ends the call when reading a body
 * fails: whatever a door answers then is dropped, and {@link ServerErrors} tells this instead.
 */
public final class BodyNotWhole extends IOException {

    /** What its sender is told. */
    public static final Problem PROBLEM = Problem.of(
            ProblemCode.MALFORMED,
            "The body did not come whole: it broke off, came too slowly, or is not chunked as HTTP has it. Send it"
                    + " again, all at once.");

    private static final long serialVersionUID = 1L;

    /** @param why goes into the log */
    public BodyNotWhole(String why) {
        super(why);
    }

    /** The connection broke, or what came is no body of HTTP. */
    public BodyNotWhole(IOException cause) {
        super("it broke off: " + cause.getClass().getSimpleName(), cause);
    }
}
