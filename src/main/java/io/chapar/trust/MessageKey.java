package io.chapar.trust;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** The key of one message. What it seals opens only for the same message and part, and only unaltered. */
public final class MessageKey {

    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final byte[] wrapped;
    private final SecretKey key;

    MessageKey(String name, byte[] wrapped, SecretKey key) {
        this.name = name;
        this.wrapped = wrapped.clone();
        this.key = key;
    }

    /** The name of the key that wraps this one. */
    public String name() {
        return name;
    }

    public byte[] wrapped() {
        return wrapped.clone();
    }

    SecretKey key() {
        return key;
    }

    /** @param identity what it is: it is not kept, and must be said again to open it */
    public byte[] seal(byte[] plain, byte[] identity) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(AES_GCM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(identity);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("content cannot be encrypted", e);
        }
    }

    /** @throws IllegalStateException when it was altered or is not what the identity says */
    public byte[] open(byte[] sealed, byte[] identity) {
        try {
            Cipher cipher = Cipher.getInstance(AES_GCM);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(identity);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("stored content was altered, or belongs to another message", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("stored content cannot be read", e);
        }
    }
}
