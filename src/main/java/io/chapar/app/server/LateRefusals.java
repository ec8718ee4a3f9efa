package io.chapar.app.server;

import io.chapar.app.door.Refusals;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is refused too often is answered late, and nothing of what it sends is read. Meanwhile no thread waits; so however
 * fast it would send, each of its connections brings one request in that time, and the line before the threads stays short
 * for all others.
 */
public final class LateRefusals extends ValveBase {

    private static final Logger LOG = LoggerFactory.getLogger(LateRefusals.class);
    private static final String DELIVERIES = "/api/v1/deliveries/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RefusedTooOften tooOften;
    private final Refusals refusals;
    private final Duration late;

    /** @param late until the answer */
    public LateRefusals(RefusedTooOften tooOften, Refusals refusals, Duration late) {
        super(true);
        this.tooOften = tooOften;
        this.refusals = refusals;
        this.late = late;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Optional<Duration> wait = PunctualBodies.isRefused(response) || request.isAsync()
                ? Optional.empty()
                : tooOften.pause(PunctualBodies.certificate(request), isMessage(request));
        if (wait.isEmpty()) {
            getNext().invoke(request, response);
            return;
        }
        Problem problem = new Problem(
                ProblemCode.QUOTA,
                "So much of what you sent was refused that nothing is looked at for a while. Find out why, by the codes of"
                        + " the refusals, before you send more.",
                List.of(),
                wait);
        AsyncContext answer = request.startAsync();
        answer.setTimeout(late.plus(PATIENCE).toMillis());
        CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS, answer::start)
                .execute(() -> refuse(request, response, problem, answer));
    }

    private static boolean isMessage(Request request) {
        return request.getMethod().equals("POST")
                && !request.getDecodedRequestURI().startsWith(DELIVERIES);
    }

    private void refuse(Request request, Response response, Problem problem, AsyncContext answer) {
        try {
            if (!PunctualBodies.isHere(request)) {
                PunctualBodies.leaveTheRest(request);
                response.setHeader("Connection", "close");
            }
            refusals.refuse(request, response, problem);
        } catch (IOException gone) {
            LOG.debug("who was refused too often went away", gone);
        } finally {
            answer.complete();
        }
    }
}
