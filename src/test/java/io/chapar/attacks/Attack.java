package io.chapar.attacks;

import io.chapar.message.ProblemCode;
import java.util.Optional;
import java.util.Set;

/**
 * What is sent, and what must come of it.
 *
 * @param kind the class of attack
 * @param situation what was done to the valid message
 * @param refusedWith the codes with which it may be refused
 * @param harmless whether it may instead be taken for the valid message that it was made of, and for nothing else
 */
public record Attack(
        String kind,
        String situation,
        String contentType,
        byte[] body,
        Optional<String> jws,
        Set<ProblemCode> refusedWith,
        boolean harmless) {

    @Override
    public String toString() {
        return kind + ": " + situation;
    }
}
