package io.chapar.trust;

import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the marks by which the record finds what belongs together, such as a person's number, without holding it.
 * Numbers have few digits: a plain hash of one is soon found by trying them all, a keyed one is not.
 */
public final class MarkKey {

    private static final String HMAC = "HmacSHA256";
    private static final String ALIAS = "marks";
    private static final int KEY_BYTES = 32;

    private final SecretKey key;

    private MarkKey(SecretKey key) {
        this.key = key;
    }

    /** The key in {@code marks.p12} of this folder; made when there is none yet. */
    public static MarkKey open(Path folder, Optional<char[]> password) throws IOException {
        try {
            KeyFile file = new KeyFile(folder, "marks.p12", password);
            if (!file.keys().containsAlias(ALIAS)) {
                file.change(newest -> made(newest, file.protection()));
            }
            if (!(file.keys().getKey(ALIAS, file.password()) instanceof SecretKey key)) {
                throw new IOException("marks.p12 in " + folder + " does not hold the key of the marks");
            }
            return new MarkKey(new SecretKeySpec(key.getEncoded(), HMAC));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of the marks in " + folder + " cannot be read", e);
        }
    }

    /** Whether it was made now, and not by another node a moment ago. */
    private static boolean made(KeyStore keys, KeyStore.PasswordProtection protection) throws KeyStoreException {
        if (keys.containsAlias(ALIAS)) {
            return false;
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        keys.setEntry(ALIAS, new KeyStore.SecretKeyEntry(new SecretKeySpec(random, HMAC)), protection);
        return true;
    }

    /** The same for the same words in the same order, and for no others. */
    public Digest mark(List<String> words) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (String word : words) {
                byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return Digest.ofHash(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
