package io.chapar.app.server;

import io.chapar.app.door.Intake;
import io.chapar.app.door.Refusals;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
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

    /** Of a body that nobody wanted, who shows no certificate may send so many bytes before it must listen. */
    private static final long READ_AWAY_OF_STRANGERS = 1 << 16;

    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final BodyPlaces places;
    private final PunctualBody.Pace pace;
    private final long readAway;
    private final Optional<Refusals> refusals;

    /**
     * @param threads of the server
     * @param patience as long as the server waits between two bytes
     * @param bytesPerSecond of a body at least, when patience is at its end
     * @param longest until all of a body has come; {@link Intake#endless} ones excepted
     * @param readAway bytes at most of a body that nobody wanted, of who shows a certificate
     * @param refusals tell why somebody is not waited for; without them it is the status alone
     */
    public PunctualBodies(
            int threads,
            Duration patience,
            long bytesPerSecond,
            Duration longest,
            long readAway,
            Optional<Refusals> refusals) {
        super(true);
        this.places = new BodyPlaces(threads);
        this.pace = new PunctualBody.Pace(patience, bytesPerSecond, longest);
        this.readAway = readAway;
        this.refusals = refusals;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isRefused(response) || isHere(request)) {
            getNext().invoke(request, response);
            return;
        }
        BodyPlaces.Caller caller = caller(request);
        Optional<BodyPlaces.Place> place = places.take(caller);
        if (place.isEmpty()) {
            refuse(request, response);
            return;
        }
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        InputBuffer unbound = wire.getInputBuffer();
        PunctualBody body = new PunctualBody(
                unbound,
                wire.getContentLengthLong(),
                place.get(),
                pace,
                () -> Intake.isEndless(request),
                System::nanoTime);
        wire.setInputBuffer(body);
        try {
            getNext().invoke(request, response);
            end(request, response, body, caller.certified() ? readAway : READ_AWAY_OF_STRANGERS);
        } finally {
            wire.setInputBuffer(unbound);
            place.get().giveBack();
            if (!body.ended() && request.isAsync()) {
                leaveTheRestAfterwards(request, response);
            } else if (!body.ended()) {
                leaveTheRest(request);
            }
        }
    }

    /** Of what is no request nothing further is read; its lengths may be no numbers. */
    static boolean isRefused(Response response) {
        return response.getStatus() >= Response.SC_BAD_REQUEST;
    }

    /** Whether nothing of the request is still to come. */
    static boolean isHere(Request request) {
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

    private static BodyPlaces.Caller caller(Request request) throws IOException {
        Optional<X509Certificate> certificate = certificate(request);
        return certificate.isPresent()
                ? new BodyPlaces.Caller(certificate.get(), true)
                : stranger(InetAddress.getByName(request.getRemoteAddr()));
    }

    /** What the caller showed in the handshake, if anything. */
    static Optional<X509Certificate> certificate(Request request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    /** Who has one address of a network has them all. */
    static BodyPlaces.Caller stranger(InetAddress address) {
        return new BodyPlaces.Caller(EvenConnections.network(address), false);
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
        if (refusals.isPresent()) {
            refusals.get().refuse(request, response, problem);
        } else {
            response.setStatus(problem.code().status());
        }
    }

    /** Whoever wrote more than anybody read is answered first. Whoever asked whether to write at all listens meanwhile. */
    private static void end(Request request, Response response, PunctualBody body, long most) throws IOException {
        if (body.ended() || request.isAsync() || response.isErrorReportRequired()) {
            return;
        }
        response.finishResponse();
        if (request.getCoyoteRequest().hasExpectation()) {
            return;
        }
        try {
            body.readAway(most);
        } catch (IOException gone) {
            LOG.debug("the rest of a body did not come", gone);
        }
    }

    /** The connection ends with the answer, and no thread waits for what follows. */
    static void leaveTheRest(Request request) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    /**
     * As {@link #leaveTheRest}, of a request that is answered by another thread. Not before the answer is complete: the thread
     * that took the request may still be on its way out, and would end the connection without an answer.
     */
    static void leaveTheRestAfterwards(Request request, Response response) {
        request.getAsyncContextInternal().addListener(new Afterwards(request, response));
    }

    /** An answer that is given later goes out before the connection ends. */
    private record Afterwards(Request request, Response response) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            response.finishResponse();
            leaveTheRest(request);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // it completes, too
        }

        @Override
        public void onError(AsyncEvent event) {
            // it completes, too
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
