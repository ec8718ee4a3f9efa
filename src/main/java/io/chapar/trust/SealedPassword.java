package io.chapar.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The password of the key files, under an AES key that never leaves a token: whoever has a copy of the folder, and not the
 * token, opens none of them.
 */
final class SealedPassword {

    static final String SEALED = "password.sealed";
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final byte[] IDENTITY = "the password of Chapar's key files".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedPassword() {}

    /**
     * The password; made and sealed when there is none yet. One that lies beside the files in clear is sealed, and the clear
     * one removed.
     */
    static char[] open(Path folder, Token token, String label) throws IOException {
        token.requireSecretKey(label);
        Files.createDirectories(folder);
        Path file = folder.resolve(SEALED);
        try {
            return KeyFile.alone(folder, () -> {
                Path clear = folder.resolve(KeyFile.PASSWORD);
                if (!Files.exists(file)) {
                    seal(folder, Files.exists(clear) ? Files.readString(clear) : KeyFile.freshPassword(), token, label);
                }
                char[] password = unsealed(file, token, label);
                Files.deleteIfExists(clear);
                return password;
            });
        } catch (GeneralSecurityException | KeyUnavailable e) {
            throw new IllegalStateException(
                    file + " cannot be opened with the key " + label + " in the token (" + Token.innermost(e)
                            + "): bring back the key that sealed it; see docs/keys.md",
                    e);
        }
    }

    /** Whole on the disk, or not there. */
    private static void seal(Path folder, String password, Token token, String label) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] plain = password.strip().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = token.with(label, (provider, key) -> {
            Cipher cipher = Cipher.getInstance(AES_GCM, provider);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(IDENTITY);
            return cipher.doFinal(plain);
        });
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        Path fresh = folder.resolve(SEALED + ".new");
        KeyFile.createPrivate(fresh);
        Files.writeString(fresh, Base64.getEncoder().encodeToString(both) + "\n", StandardCharsets.US_ASCII);
        KeyFile.force(fresh);
        Files.move(fresh, folder.resolve(SEALED), StandardCopyOption.ATOMIC_MOVE);
        KeyFile.force(folder);
    }

    private static char[] unsealed(Path file, Token token, String label) throws IOException, GeneralSecurityException {
        byte[] both = bytes(file);
        byte[] plain = token.with(label, (provider, key) -> {
            Cipher cipher = Cipher.getInstance(AES_GCM, provider);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, both, 0, NONCE_BYTES));
            cipher.updateAAD(IDENTITY);
            return cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
        });
        return new String(plain, StandardCharsets.UTF_8).toCharArray();
    }

    private static byte[] bytes(Path file) throws IOException, GeneralSecurityException {
        try {
            byte[] both = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (both.length > NONCE_BYTES) {
                return both;
            }
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it was altered", e);
        }
        throw new GeneralSecurityException("it was cut off");
    }
}
