package io.chapar.trust;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one file, used for nothing else. The file is sealed segment by segment, so that it is never held as a whole:
 * AES-256-GCM, the segment's number and whether it is the last one in the nonce (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015). So segments that are altered, cut off, added, repeated or moved do not open.
 */
public final class FileKey {

    public static final int BYTES = 32;

    static final int SEGMENT = 1 << 16;
    static final int TAG = 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;

    private final byte[] secret;
    private final SecretKey key;

    private FileKey(byte[] secret) {
        this.secret = secret;
        this.key = new SecretKeySpec(secret, "AES");
    }

    public static FileKey fresh() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new FileKey(secret);
    }

    /** @param secret as {@link #secret} gave it */
    public static FileKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a file's key has " + BYTES + " bytes");
        }
        return new FileKey(secret.clone());
    }

    /** To be kept sealed under the key of the file's message. */
    public byte[] secret() {
        return secret.clone();
    }

    /** What is written to it arrives sealed; the last segment when it is closed, which leaves the other one open. */
    public OutputStream sealing(OutputStream to) {
        return new SealedOutput(this, to);
    }

    /** What is read from it was sealed under this key, all of it, in this order. */
    public InputStream opening(InputStream from) {
        return new SealedInput(this, from);
    }

    Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** No nonce comes twice: the key has one file, and the file one segment of each number. */
    void begin(Cipher cipher, int mode, long segment, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .putLong(segment)
                .put(NONCE - 1, (byte) (last ? 1 : 0))
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    }
}
