package io.chapar.app.door;

import io.chapar.message.Format;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat's last word on an error, where even the error page could not be reached: the same signed problem. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    private final Replies replies;

    public ProblemReportValve(Replies replies) {
        this.replies = replies;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (!writable.get()) {
            return;
        }
        try {
            response.resetBuffer(true);
            String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
            Format format = Preference.of(accept, "");
            replies.refuse(response, ServerErrors.problem(status), Optional.empty(), Intake.traceId(request), format);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("an error could not be told", gone);
        }
    }
}
