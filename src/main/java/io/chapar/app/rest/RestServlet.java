package io.chapar.app.rest;

import io.chapar.app.door.Defects;
import io.chapar.app.door.Intake;
import io.chapar.app.door.Replies;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.NotRecorded;
import io.chapar.trust.KeyUnavailable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the call for an address and tells its refusals. A plain servlet, because 1,800 messages a second come through
 * here and nothing of a web framework would be used.
 */
final class RestServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Set<String> TAKING = Set.of("POST", "PUT");
    private static final Logger LOG = LoggerFactory.getLogger(RestServlet.class);

    private final transient Addresses addresses;
    private final transient Replies replies;

    RestServlet(Addresses addresses, Replies replies) {
        this.addresses = addresses;
        this.replies = replies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (Refusal refusal) {
            replies.refuse(request, response, refusal.problem(), Optional.empty());
        } catch (NotRecorded away) {
            LOG.warn("the record is away, traceId={}: {}", Intake.traceId(request), away.getMessage());
            replies.refuse(
                    request,
                    response,
                    Problem.of(ProblemCode.NOT_DURABLE, "The record cannot be reached."),
                    Optional.empty());
        } catch (KeyUnavailable away) {
            LOG.warn("nothing can be signed now, traceId={}: {}", Intake.traceId(request), away.getMessage());
            response.reset();
            replies.refuse(request, response, unforeseen(), Optional.empty());
        } catch (RuntimeException unforeseen) {
            // A defect of ours. The caller may repeat the same message: whether or not it was recorded, the answer to a
            // repeat will tell.
            LOG.error("call failed, traceId={}: {}", Intake.traceId(request), Defects.place(unforeseen));
            if (!response.isCommitted()) {
                response.reset();
                replies.refuse(request, response, unforeseen(), Optional.empty());
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws Refusal, IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        Addresses.Found found = addresses
                .find(path.substring(1))
                .orElseThrow(() -> new Refusal(
                        ProblemCode.UNKNOWN_EXCHANGE,
                        "Nothing is served at this address. GET /api/v1/openapi.json describes what is."));
        Call call = found.calls().get(request.getMethod());
        if (call != null) {
            Visit visit = new Visit(request, response, found.variables());
            if (TAKING.contains(request.getMethod())) {
                visit.query().only(call.parameters());
            }
            call.answer(visit);
            return;
        }
        response.setHeader("Allow", found.allow());
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        throw new Refusal(ProblemCode.METHOD_NOT_ALLOWED, "This address answers to " + found.allow() + ".");
    }

    private static Problem unforeseen() {
        return Problem.of(ProblemCode.NOT_DURABLE, "Something failed here that has nothing to do with the message.");
    }
}
