package io.chapar.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.jspecify.annotations.Nullable;

/**
 * The one private key in a PKCS#12 file (RFC 7292). Certificates beside it are not looked at: which one counts is said by a
 * setting of its own.
 */
final class Pkcs12Key {

    static final String PASSWORD_FILE = "chapar.trust.key-password-file";

    /** Java derives keys from these only. */
    private static final Pattern PASSWORD = Pattern.compile("[ -~]+");

    private final Path file;
    private final Path passwordFile;
    private final String setting;

    /**
     * @param passwordFile holds the file's password, and nothing else
     * @param setting that names the file, for the words of a refusal
     */
    Pkcs12Key(Path file, Path passwordFile, String setting) {
        this.file = file;
        this.passwordFile = passwordFile;
        this.setting = setting;
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalStateException if it does not hold what it should, in words for whoever starts the gateway
     */
    PrivateKey read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        mustBePkcs12(bytes);
        return only(keys(bytes, password()));
    }

    private List<PrivateKey> keys(byte[] bytes, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return privateKeys(store, password);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The platform lets unchecked ones through where what was decrypted has another form.
            throw new IllegalStateException(
                    named() + " cannot be opened with the password in " + passwordFile + " of " + PASSWORD_FILE
                            + ": correct the password, or bring a file that is not damaged",
                    e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private PrivateKey only(List<PrivateKey> keys) {
        if (keys.size() != 1) {
            throw new IllegalStateException(named() + " holds " + (keys.isEmpty() ? "no" : "more than one")
                    + " private key that is encrypted: it must hold exactly one; make it with"
                    + " openssl pkcs12 -export -inkey ... -in ... -out ...");
        }
        try {
            return PemFiles.pkcs8(file, keys.get(0).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(setting + ": " + e.getMessage() + "; bring one that is", e);
        }
    }

    private static List<PrivateKey> privateKeys(KeyStore store, char[] password) throws GeneralSecurityException {
        List<PrivateKey> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            if (key instanceof PrivateKey mine) {
                keys.add(mine);
            }
        }
        return keys;
    }

    /** Told before the password is tried: under a wrong one what is decrypted may look like anything. */
    private void mustBePkcs12(byte[] bytes) {
        try {
            Pfx.getInstance(bytes);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    named() + " is no PKCS#12 file: make one with openssl pkcs12 -export, or name a PEM file by another"
                            + " ending than .p12 and .pfx",
                    e);
        }
    }

    private char[] password() {
        try {
            char[] read = SecretFile.read(passwordFile);
            if (PASSWORD.matcher(CharBuffer.wrap(read)).matches()) {
                return read;
            }
        } catch (CharacterCodingException e) {
            throw notAscii(e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the file " + passwordFile + " of " + PASSWORD_FILE + " cannot be read: put the password of the key"
                            + " files there, readable by the user that runs the gateway",
                    e);
        }
        throw notAscii(null);
    }

    private IllegalStateException notAscii(@Nullable CharacterCodingException cause) {
        return new IllegalStateException(
                "the file " + passwordFile + " of " + PASSWORD_FILE
                        + " must hold a password of ASCII characters, and nothing else, since Java takes no other: export the"
                        + " keys again under such a one",
                cause);
    }

    private String named() {
        return "the file " + file + " of " + setting;
    }
}
