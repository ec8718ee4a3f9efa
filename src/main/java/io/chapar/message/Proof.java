package io.chapar.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a party answered, exactly as received, and its signature over it.
 *
 * @param signature the detached JWS, or a word for one that stands within; empty when it did not sign
 */
public record Proof(byte[] said, Optional<String> signature) {

    /** Both as one: the signature, which has no line break, a line break, and what was said. */
    public byte[] bytes() {
        byte[] first = (signature.orElse("") + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(first, first.length + said.length);
        System.arraycopy(said, 0, both, first.length, said.length);
        return both;
    }

    /** The two again. */
    public static Proof of(byte[] both) {
        int end = 0;
        while (both[end] != '\n') {
            end++;
        }
        String signature = new String(both, 0, end, StandardCharsets.US_ASCII);
        return new Proof(
                Arrays.copyOfRange(both, end + 1, both.length),
                Optional.of(signature).filter(text -> !text.isEmpty()));
    }
}
