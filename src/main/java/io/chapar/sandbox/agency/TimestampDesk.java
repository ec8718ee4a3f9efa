package io.chapar.sandbox.agency;

import com.sun.net.httpserver.HttpExchange;
import io.chapar.trust.DevelopmentTimestamps;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The sandbox's timestamping authority, which may be away like any agency. */
public final class TimestampDesk {

    private final Optional<DevelopmentTimestamps> authority;
    private boolean away;

    private TimestampDesk(Optional<DevelopmentTimestamps> authority) {
        this.authority = authority;
    }

    static TimestampDesk of(Path certificates, Clock clock) {
        try {
            return new TimestampDesk(DevelopmentTimestamps.open(certificates, clock));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot read its timestamping key in " + certificates, e);
        }
    }

    /** Once this returned, no token is made until it is back. */
    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    void serve(HttpExchange call) throws IOException {
        byte[] request = call.getRequestBody().readAllBytes();
        Optional<byte[]> answer;
        try {
            answer = answer(request);
        } catch (Malformed e) {
            call.sendResponseHeaders(400, -1);
            call.close();
            return;
        }
        if (answer.isEmpty()) {
            call.sendResponseHeaders(503, -1);
            call.close();
            return;
        }
        call.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
        call.sendResponseHeaders(200, answer.get().length);
        try (OutputStream body = call.getResponseBody()) {
            body.write(answer.get());
        }
    }

    private synchronized Optional<byte[]> answer(byte[] request) throws Malformed {
        return away || authority.isEmpty()
                ? Optional.empty()
                : Optional.of(authority.get().answer(request));
    }
}
