package io.chapar.sandbox.post;

import java.security.SecureRandom;
import java.util.Base64;

/** Fresh random values for headers. Never seeded: a second run must not repeat the first. */
public final class Nonces {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
