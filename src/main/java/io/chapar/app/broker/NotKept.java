package io.chapar.app.broker;

import io.chapar.message.ProblemCode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why the broker does not keep what a party wrote. The party is told twice: the broker rejects the message, and a note
 * without body takes its place in the queue, so that the answer comes the usual way too.
 */
public enum NotKept {
    TOO_LARGE(ProblemCode.TOO_LARGE, "The message was larger than one may be, and was not kept."),
    UNREADABLE(
            ProblemCode.MALFORMED,
            "The AMQP message cannot be read and was not kept. Write the document as a data section or a string;"
                    + " application properties as strings, booleans or signed numbers."),
    RESERVED_PROPERTY(
            ProblemCode.RULE,
            "The application properties chaparBodyAt, chaparLarge and chaparNotKept are the broker's own; the message was not kept."
                    + " Write it without."),
    SCHEDULED(
            ProblemCode.RULE,
            "A message for later (x-opt-delivery-time, x-opt-delivery-delay) was not kept. Write it when it is due."),
    LARGE_AND_EXPIRING(
            ProblemCode.RULE,
            "A large message that expires was not kept. Write it without ttl and absolute-expiry-time."),
    LARGE_AND_TRANSIENT(
            ProblemCode.RULE, "A large message that is not durable was not kept. Set durable in its header.");

    private final ProblemCode code;
    private final String detail;

    NotKept(ProblemCode code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** As a note names it; empty for any other word, because a party can write that property itself. */
    public static Optional<NotKept> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
