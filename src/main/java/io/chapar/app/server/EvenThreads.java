package io.chapar.app.server;

import io.chapar.app.door.Refusals;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's threads, of which one caller has at most as many as are still free, whatever keeps them: the wait for its turn, a
 * body that does not come, or an answer that nobody reads.
 *
 * <p>Who has no thread left is answered late, and nothing of what it sends is read. Meanwhile no thread waits; so however fast
 * it would send, each of its connections brings one request in that time, and the line before the threads stays short for
 * all others.
 */
public final class EvenThreads extends ValveBase {

    private static final Logger LOG = LoggerFactory.getLogger(EvenThreads.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Problem TOO_MANY = new Problem(
            ProblemCode.QUOTA,
            "You have so many requests under way that no other is looked at. Wait for the answers to those before you send"
                    + " more.",
            List.of(),
            Optional.of(Duration.ofSeconds(1)));

    private final Function<Optional<X509Certificate>, ?> caller;
    private final EvenShare<Object> threads;
    private final Refusals refusals;
    private final Duration late;

    /**
     * @param caller who is behind a certificate, or behind none; those that are equal share their threads
     * @param threads of the server
     * @param late until the answer
     */
    public EvenThreads(Function<Optional<X509Certificate>, ?> caller, int threads, Refusals refusals, Duration late) {
        super(true);
        this.caller = caller;
        this.threads = new EvenShare<>(threads);
        this.refusals = refusals;
        this.late = late;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (PunctualBodies.isRefused(response) || request.isAsync()) {
            getNext().invoke(request, response);
            return;
        }
        Object whose = caller.apply(PunctualBodies.certificate(request));
        if (!threads.take(whose)) {
            refuseLate(request, response);
            return;
        }
        try {
            getNext().invoke(request, response);
        } finally {
            threads.giveBack(whose);
        }
    }

    private void refuseLate(Request request, Response response) {
        AsyncContext answer = request.startAsync();
        answer.setTimeout(late.plus(PATIENCE).toMillis());
        CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS, answer::start)
                .execute(() -> refuse(request, response, answer));
    }

    private void refuse(Request request, Response response, AsyncContext answer) {
        try {
            if (!PunctualBodies.isHere(request)) {
                PunctualBodies.leaveTheRestAfterwards(request, response);
                response.setHeader("Connection", "close");
            }
            refusals.refuse(request, response, TOO_MANY);
        } catch (IOException gone) {
            LOG.debug("who was refused late went away", gone);
        } finally {
            answer.complete();
        }
    }
}
