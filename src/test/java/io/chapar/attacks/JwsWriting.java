package io.chapar.attacks;

import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes detached JWS with any header, however wrong. */
final class JwsWriting {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private JwsWriting() {}

    /** Over the payload in base64url. */
    static Optional<String> signed(String header, byte[] payload, UnaryOperator<byte[]> key) {
        return encoded(encode(header), payload, key);
    }

    /** The same with a header that is encoded in some way of its own. */
    static Optional<String> encoded(String header, byte[] payload, UnaryOperator<byte[]> key) {
        byte[] value = key.apply((header + "." + URL.encodeToString(payload)).getBytes(UTF_8));
        return Optional.of(header + ".." + URL.encodeToString(value));
    }

    /** Over the payload as it is (RFC 7797). */
    static Optional<String> bare(String header, byte[] payload, UnaryOperator<byte[]> key) {
        byte[] beginning = (encode(header) + ".").getBytes(US_ASCII);
        byte[] input = java.util.Arrays.copyOf(beginning, beginning.length + payload.length);
        System.arraycopy(payload, 0, input, beginning.length, payload.length);
        return Optional.of(encode(header) + ".." + URL.encodeToString(key.apply(input)));
    }

    static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    static String encode(byte[] bytes) {
        return URL.encodeToString(bytes);
    }
}
