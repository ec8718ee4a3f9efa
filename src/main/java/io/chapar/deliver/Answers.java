package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.ProblemCode;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells a matter of the channel from a matter of the message. */
final class Answers {

    /** They speak of who we are, where we knock, or when; never of what we bring. */
    private static final Set<Integer> OF_THE_CHANNEL = Set.of(401, 403, 404, 408, 429);

    private Answers() {}

    /**
     * The end of a delivery whose receiver will not have it.
     *
     * @throws ChannelFailure when the status says nothing about the message
     */
    static Dispatch.Parked refusal(Dispatch.Signed signed, HttpAnswer answer, HttpLine line) throws ChannelFailure {
        int status = answer.status();
        if (status < 400 || status > 499 || OF_THE_CHANNEL.contains(status)) {
            throw ofTheChannel(answer, line);
        }
        return parked(signed, status, code(answer.body()));
    }

    static ChannelFailure ofTheChannel(HttpAnswer answer, HttpLine line) {
        return new ChannelFailure("status " + answer.status(), line.retryAfter(answer));
    }

    /** Only a code of our own table is kept: any other word of the receiver could be personal data. */
    static Dispatch.Parked parked(Dispatch.Signed signed, int status, Optional<ProblemCode> code) {
        return new Dispatch.Parked(
                signed.due(),
                status,
                code.map(ProblemCode::code).orElse(Dispatch.Parked.REFUSED),
                "the receiver answered " + status
                        + code.map(known -> " " + known.code()).orElse(""));
    }

    private static Optional<ProblemCode> code(byte[] body) {
        try {
            Map<String, Object> problem = HardenedJson.parse(body);
            return problem.get("code") instanceof String code ? ProblemCode.ofCode(code) : Optional.empty();
        } catch (Malformed e) {
            // A refusal needs no body; the status says enough.
            return Optional.empty();
        }
    }
}
