package io.chapar.message;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest, written {@code sha-256:<64 lower-case hexadecimal digits>}. */
public record Digest(String value) {

    private static final String PREFIX = "sha-256:";
    private static final Pattern FORM = Pattern.compile("sha-256:[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a digest is sha-256: and 64 lower-case hexadecimal digits");
        }
    }

    public static Digest of(byte[] bytes) {
        try {
            return ofHash(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A digest from the 32 bytes of a hash that was already computed. */
    public static Digest ofHash(byte[] hash) {
        return new Digest(PREFIX + HexFormat.of().formatHex(hash));
    }

    /** The 32 bytes of the hash. */
    public byte[] hash() {
        return HexFormat.of().parseHex(value, PREFIX.length(), value.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
