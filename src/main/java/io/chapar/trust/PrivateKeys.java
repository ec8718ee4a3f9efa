package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;

/**
 * Finds a private key by what a setting says: the path of a PEM file, or a key in the token by its label, as
 * {@code pkcs11:object=LABEL} (RFC 7512).
 */
public final class PrivateKeys {

    private static final String SCHEME = "pkcs11:";
    private static final String OBJECT = SCHEME + "object=";

    private final Optional<Token> token;

    /** @param token may be absent when no setting names a key in one */
    public PrivateKeys(Optional<Token> token) {
        this.token = token;
    }

    /** Whether this names a key in a token, well or badly. */
    public static boolean inToken(String place) {
        return place.startsWith(SCHEME);
    }

    /**
     * @param setting that says where, for the words of a refusal
     * @throws IOException if a file cannot be read, or holds no unencrypted PKCS#8 key
     * @throws IllegalStateException if there is no token, or it has no such key
     */
    public PrivateKey at(String place, String setting) throws IOException {
        return inToken(place) ? token(setting).privateKey(label(place, setting)) : PemFiles.privateKey(Path.of(place));
    }

    /**
     * The password of the key files in this folder, which lies there sealed under an AES key in the token.
     *
     * @throws IllegalStateException if there is no token, it has no such key, or another key sealed the password
     */
    public char[] unsealed(String place, String setting, Path folder) throws IOException {
        return SealedPassword.open(folder, token(setting), label(place, setting));
    }

    private Token token(String setting) {
        return token.orElseThrow(
                () -> new IllegalStateException(
                        setting
                                + " names a key in a token, and chapar.token.library is empty: name the module of the token, or a file"));
    }

    private static String label(String place, String setting) {
        String label = place.startsWith(OBJECT) ? place.substring(OBJECT.length()) : "";
        if (!label.matches("[A-Za-z0-9._~-]+")) {
            throw new IllegalStateException(setting + " must be a file or pkcs11:object=LABEL, where the label has"
                    + " letters of English, digits, and . _ ~ -; correct it");
        }
        return label;
    }
}
