package io.chapar.app.door;

import io.chapar.message.Format;
import io.chapar.message.Problem;
import io.chapar.message.Signer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Tells a caller something over HTTP. Every problem is signed, so that a caller can prove what it was told. */
public final class Replies {

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

    /** JSON with a detached signature. */
    public void sendSigned(HttpServletResponse response, int status, String contentType, byte[] body)
            throws IOException {
        response.setHeader(Intake.SIGNATURE, signer.detachedJws(body));
        send(response, status, contentType, body);
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
        ProblemDocument document = new ProblemDocument(problem, message, traceId);
        problem.retryAfter()
                .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        if (format == Format.XML) {
            sendSigned(response, problem.code().status(), ProblemDocument.XML, document.xml());
        } else {
            sendSigned(response, problem.code().status(), ProblemDocument.JSON, document.json());
        }
    }
}
