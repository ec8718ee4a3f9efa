package io.chapar.app.door;

import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Tells what the server itself refused: an address that no servlet answers to, a request that is no HTTP, a body that did
 * not come whole. It is the same signed problem as any other, and says nothing of what is inside.
 */
@Controller
public final class ServerErrors implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(ServerErrors.class);

    private final Refusals refusals;

    public ServerErrors(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Where the server sends requests that nothing could answer. */
    @RequestMapping("${server.error.path:/error}")
    public void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof BodyNotWhole gone) {
            LOG.info("a body did not come whole, traceId={}: {}", Intake.traceId(request), gone.getMessage());
            refusals.refuse(request, response, BodyNotWhole.PROBLEM);
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given ? given : 404;
        refusals.refuse(request, response, problem(status));
    }

    static Problem problem(int status) {
        return switch (status) {
            case 404 ->
                Problem.of(
                        ProblemCode.UNKNOWN_EXCHANGE,
                        "Nothing is served at this address. GET /api/v1/openapi.json describes what is.");
            case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "This address does not answer to this method.");
            case 413, 414, 431 ->
                Problem.of(ProblemCode.TOO_LARGE, "The request, or its address or headers, is larger than allowed.");
            // Of the server's own 5xx these two say what the caller did.
            case 501, 505 ->
                Problem.of(
                        ProblemCode.MALFORMED,
                        "Version 1.1 of HTTP is spoken here, with a Content-Length or Transfer-Encoding: chunked.");
            case 415 -> Problem.of(ProblemCode.MEDIA_TYPE, "This media type is not taken here.");
            default ->
                status < 500
                        ? Problem.of(ProblemCode.MALFORMED, "The request is not HTTP as it should be.")
                        : Problem.of(
                                ProblemCode.NOT_DURABLE,
                                "Something failed here that has nothing to do with the message.");
        };
    }
}
