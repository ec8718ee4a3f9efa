package io.chapar.app.soap;

import io.chapar.app.door.Intake;
import io.chapar.app.door.Refusals;
import io.chapar.app.door.Replies;
import io.chapar.message.Problem;
import io.chapar.message.Signer;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Faults for who sent an envelope; for all others what REST tells. */
public final class SoapRefusals implements Refusals {

    private static final String ENVELOPES = "/ws/";

    private final SoapTeller teller;
    private final Replies replies;

    public SoapRefusals(Signer signer, Replies replies) {
        this.teller = new SoapTeller(signer, replies);
        this.replies = replies;
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (!request.getMethod().equals("POST") || !called(request).startsWith(ENVELOPES)) {
            replies.refuse(request, response, problem, Optional.empty());
            return;
        }
        String contentType = Optional.ofNullable(request.getContentType()).orElse("");
        SoapReply reply = teller.refused(contentType, problem, Intake.traceId(request));
        Replies.retryAfter(response, reply.retryAfter());
        replies.send(response, reply.status(), reply.contentType(), reply.envelope());
    }

    /** Also where the server itself leads what failed to another address. */
    private static String called(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String before
                ? before
                : request.getRequestURI();
    }
}
