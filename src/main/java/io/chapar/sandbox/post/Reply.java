package io.chapar.sandbox.post;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the gateway said.
 *
 * @param jws the detached signature of a body in JSON
 * @param retryAfter when to come again, as RFC 9110 §10.2.3 writes it
 */
public record Reply(int status, String contentType, Optional<String> jws, Optional<String> retryAfter, byte[] body) {

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z-]+)\"|<(?:\\w+:)?code>([a-z-]+)</");

    /** A receipt, the first time or again, or an answer. */
    public boolean accepted() {
        return status == 200 || status == 202;
    }

    /** The code of the problem, in JSON, XML or a SOAP fault; when there is none, the status. */
    public String refusal() {
        Matcher code = CODE.matcher(text());
        if (!code.find()) {
            return Integer.toString(status);
        }
        return Optional.ofNullable(code.group(1)).orElseGet(() -> code.group(2));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
