package io.chapar.app.server;

import io.chapar.app.door.Replies;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets threads wait for bodies only so long, and only so many. A body that is here with its request is not waited for, and
 * passes whatever others do. Of any other, this is the one place that reads it, to its end or until its sender is given
 * up: also what nobody wanted and must be read away.
 */
public final class PunctualBodies extends ValveBase {

    private static final Logger LOG = LoggerFactory.getLogger(PunctualBodies.class);
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** As long as the server waits between two bytes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final BodyPlaces places;
    private final PunctualBody.Pace pace;
    private final Optional<Replies> replies;

    /**
     * @param threads of the server
     * @param bytesPerSecond of a body at least, after the first seconds
     * @param replies tell why somebody is not waited for; without them it is the status alone
     */
    public PunctualBodies(int threads, long bytesPerSecond, Optional<Replies> replies) {
        super(true);
        this.places = new BodyPlaces(threads);
        this.pace = new PunctualBody.Pace(PATIENCE, bytesPerSecond);
        this.replies = replies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isRefused(response) || isHere(request)) {
            getNext().invoke(request, response);
            return;
        }
        Optional<BodyPlaces.Place> place = places.take(caller(request));
        if (place.isEmpty()) {
            refuse(request, response);
            return;
        }
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        InputBuffer unbound = wire.getInputBuffer();
        PunctualBody body = new PunctualBody(unbound, wire.getContentLengthLong(), place.get(), pace, System::nanoTime);
        wire.setInputBuffer(body);
        try {
            getNext().invoke(request, response);
            end(request, response, body);
        } finally {
            wire.setInputBuffer(unbound);
            place.get().giveBack();
            if (!body.ended()) {
                leaveTheRest(request);
            }
        }
    }

    /** Of what is no request nothing further is read; its lengths may be no numbers. */
    private static boolean isRefused(Response response) {
        return response.getStatus() >= Response.SC_BAD_REQUEST;
    }

    /** Whether nothing of the request is still to come. */
    private static boolean isHere(Request request) {
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        long length = wire.getContentLengthLong();
        if (length < 0) {
            return wire.getHeader("Transfer-Encoding") == null;
        }
        if (length > 0) {
            wire.action(ActionCode.AVAILABLE, true);
        }
        return length == 0 || wire.getAvailable() >= length;
    }

    private static BodyPlaces.Caller caller(Request request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? new BodyPlaces.Caller(chain[0], true)
                : new BodyPlaces.Caller(request.getRemoteAddr(), false);
    }

    private void refuse(Request request, Response response) throws IOException {
        leaveTheRest(request);
        response.setHeader("Connection", "close");
        Problem problem = new Problem(
                ProblemCode.QUOTA,
                "So many bodies are still on their way that no other is waited for. Send fewer at once, each together with"
                        + " its headers.",
                List.of(),
                Optional.of(COME_AGAIN));
        if (replies.isPresent()) {
            replies.get().refuse(request, response, problem, Optional.empty());
        } else {
            response.setStatus(problem.code().status());
        }
    }

    /** Whoever wrote more than anybody read is answered first. Whoever asked whether to write at all listens meanwhile. */
    private static void end(Request request, Response response, PunctualBody body) throws IOException {
        if (body.ended()
                || request.isAsync()
                || response.isErrorReportRequired()
                || request.getCoyoteRequest().hasExpectation()) {
            return;
        }
        response.finishResponse();
        if (request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            try {
                body.readAway(http.getMaxSwallowSize());
            } catch (IOException gone) {
                LOG.debug("the rest of a body did not come", gone);
            }
        }
    }

    /** The connection ends with the answer, and no thread waits for what follows. */
    private static void leaveTheRest(Request request) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
}
