package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.util.Optional;

/**
 * One message of a batch as it stands there.
 *
 * @param number of its line, or of its entry, from 1
 * @param name of its entry in a ZIP
 * @param bytes none when it cannot be taken
 * @param fault why not
 */
record Part(long number, Optional<String> name, byte[] bytes, Optional<Fault> fault) {

    /** Why a message of a batch cannot be taken. */
    record Fault(ProblemCode code, String detail) {
        Refusal refusal() {
            return new Refusal(code, detail);
        }
    }

    static Part of(long number, Optional<String> name, byte[] bytes) {
        return new Part(number, name, bytes, Optional.empty());
    }

    static Part faulty(long number, Optional<String> name, ProblemCode code, String detail) {
        return new Part(number, name, new byte[0], Optional.of(new Fault(code, detail)));
    }
}
