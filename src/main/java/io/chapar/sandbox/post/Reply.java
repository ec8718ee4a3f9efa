package io.chapar.sandbox.post;

import io.chapar.message.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final int TOO_MANY = 429;
    private static final int NOT_NOW = 503;
    private static final List<String> ENVELOPES = List.of("text/xml", "application/soap+xml");
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z-]+)\"|<(?:\\w+:)?code>([a-z-]+)</");

    /** A receipt, the first time or again, or an answer. */
    public boolean accepted() {
        return status == 200 || status == 202;
    }

    /**
     * It cannot be taken now, and the same may be sent again. A fault of SOAP 1.1 is always told with 500 (WS-I Basic Profile
     * 1.1, R1126): what it means, its code says.
     */
    public boolean later() {
        return status == TOO_MANY
                || status == NOT_NOW
                || ENVELOPES.stream().anyMatch(contentType::startsWith)
                        && ProblemCode.ofCode(refusal())
                                .filter(code -> code.retry() == ProblemCode.Retry.LATER)
                                .isPresent();
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
