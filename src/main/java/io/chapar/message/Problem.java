package io.chapar.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why a message was refused, in words that may be shown to its sender: no personal data, no inner workings.
 *
 * @param detail what was expected, and where
 * @param violations places in the content that break a rule; empty for other problems
 * @param retryAfter how long to wait before sending again; present where the code says later
 */
public record Problem(ProblemCode code, String detail, List<Violation> violations, Optional<Duration> retryAfter) {

    /** How long to wait when nothing better is known. */
    public static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    public Problem {
        violations = List.copyOf(violations);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(
                code,
                detail,
                List.of(),
                code.retry() == ProblemCode.Retry.LATER ? Optional.of(USUAL_WAIT) : Optional.empty());
    }

    public static Problem of(ProblemCode code, String detail, List<Violation> violations) {
        return new Problem(code, detail, violations, Optional.empty());
    }
}
