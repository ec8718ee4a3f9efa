package io.chapar.app.door;

import io.chapar.message.Format;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Signer;
import io.chapar.trust.KeyUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a caller something over HTTP. Every problem is signed, so that a caller can prove what it was told; all but the one
 * that nothing can be signed now.
 */
public final class Replies {

    /** What is told while nothing can be signed. */
    public static final String NO_KEY = "The gateway cannot use its signing key now.";

    private static final int SIGNATURES_FOR_EACH_PROCESSOR = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    /**
     * So many signatures under refusals are computed at once. A call to an address where nothing is takes no turn, so a flood
     * of them would otherwise get a thread's share of the processors for each of its connections. More than there are
     * processors, because all others would wait for one that has begun and was put off for somebody else. Whoever comes while
     * one is free takes it: were it kept for who waits longest, it would lie idle until that one is awake.
     */
    private final Semaphore signing =
            new Semaphore(SIGNATURES_FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors());

    private final Signer signer;

    public Replies(Signer signer) {
        this.signer = signer;
    }

    /** A whole answer. */
    public void send(HttpServletResponse response, int status, String contentType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A problem, in the form that the caller prefers. */
    public void refuse(
            HttpServletRequest request, HttpServletResponse response, Problem problem, Optional<UUID> message)
            throws IOException {
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String contentType = Optional.ofNullable(request.getContentType()).orElse("");
        refuse(response, problem, message, Intake.traceId(request), Preference.of(accept, contentType));
    }

    public void refuse(
            HttpServletResponse response, Problem problem, Optional<UUID> message, String traceId, Format format)
            throws IOException {
        byte[] body = body(problem, message, traceId, format);
        Problem told = problem;
        try {
            byte[] signed = body;
            response.setHeader(Intake.SIGNATURE, inTurn(() -> signer.detachedJws(signed)));
        } catch (KeyUnavailable e) {
            // What cannot be proved is not told: the same message gets its signed answer later.
            LOG.warn("nothing can be signed now, traceId={}: {}", traceId, e.getMessage());
            told = Problem.of(ProblemCode.NOT_DURABLE, NO_KEY);
            body = body(told, message, traceId, format);
        }
        retryAfter(response, told.retryAfter());
        send(response, told.code().status(), format == Format.XML ? ProblemDocument.XML : ProblemDocument.JSON, body);
    }

    /** In whole seconds, one at least (RFC 9110, section 10.2.3). */
    public static void retryAfter(HttpServletResponse response, Optional<Duration> wait) {
        wait.ifPresent(time -> response.setHeader("Retry-After", Long.toString(Math.max(1, time.toSeconds()))));
    }

    /** Signs a refusal, when it is one of the few that are signed at once. */
    public <T> T inTurn(Supplier<T> refusal) {
        signing.acquireUninterruptibly();
        try {
            return refusal.get();
        } finally {
            signing.release();
        }
    }

    private static byte[] body(Problem problem, Optional<UUID> message, String traceId, Format format) {
        ProblemDocument document = new ProblemDocument(problem, message, traceId);
        return format == Format.XML ? document.xml() : document.json();
    }
}
