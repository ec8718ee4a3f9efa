package io.chapar.trust;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a private key by what a setting says: the path of a PKCS#12 file, that of a PEM file, or a key in the token by its
 * label, as {@code pkcs11:object=LABEL} (RFC 7512).
 */
public final class PrivateKeys {

    private static final String SCHEME = "pkcs11:";
    private static final String OBJECT = SCHEME + "object=";

    /** How the names of PKCS#12 files end. */
    private static final List<String> PKCS12 = List.of(".p12", ".pfx");

    private final Optional<Token> token;
    private final Optional<Path> passwordFile;

    /**
     * @param token may be absent when no setting names a key in one
     * @param passwordFile with the password of PKCS#12 files; may be absent when no setting names one
     */
    public PrivateKeys(Optional<Token> token, Optional<Path> passwordFile) {
        this.token = token;
        this.passwordFile = passwordFile;
    }

    private static boolean inToken(String place) {
        return place.startsWith(SCHEME);
    }

    private static boolean inPkcs12(String place) {
        return PKCS12.stream().anyMatch(place.toLowerCase(Locale.ROOT)::endsWith);
    }

    /**
     * @param setting that says where, for the words of a refusal
     * @throws IOException if a file cannot be read, or a PEM file holds no unencrypted PKCS#8 key
     * @throws IllegalStateException if there is no token, or it has no such key; if a PKCS#12 file cannot be opened or holds
     *     not exactly one
     */
    public PrivateKey at(String place, String setting) throws IOException {
        if (inToken(place)) {
            return token(setting).privateKey(label(place, setting));
        }
        if (inPkcs12(place)) {
            return new Pkcs12Key(Path.of(place), passwordFile(setting), setting).read();
        }
        return pem(Path.of(place), setting);
    }

    private static PrivateKey pem(Path file, String setting) throws IOException {
        try {
            return PemFiles.privateKey(file);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    setting + ": " + e.getMessage() + "; an encrypted key lies in a PKCS#12 file (.p12, .pfx)", e);
        }
    }

    /** The files that are read to find it; none for one in a token. */
    public List<Path> files(String place) {
        if (inToken(place)) {
            return List.of();
        }
        Stream<Path> password = inPkcs12(place) ? passwordFile.stream() : Stream.of();
        return Stream.concat(Stream.of(Path.of(place)), password).toList();
    }

    /**
     * Otherwise nobody would learn it before the key is used.
     *
     * @param setting that says where the key is
     * @throws IllegalStateException if the key is not the certificate's
     */
    public static void mustFit(PrivateKey key, X509Certificate certificate, String setting) {
        if (!fits(key, certificate, setting)) {
            throw new IllegalStateException(setting + " is not the key of the certificate that "
                    + certificateSetting(setting) + " names: correct one of them");
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate, String setting) {
        byte[] anything = {1};
        try {
            SignatureAlgorithm algorithm = SignatureAlgorithm.usualFor(certificate.getPublicKey());
            byte[] signed = algorithm.sign(KeyObjects.key(key), anything);
            return algorithm.verifies(KeyObjects.of(certificate), anything, signed);
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    certificateSetting(setting) + " names a certificate with a key of no kind that may sign", e);
        } catch (IllegalStateException e) {
            // a key of another kind than the certificate's
            return false;
        }
    }

    private static String certificateSetting(String setting) {
        return setting.replaceFirst("-key$", "-certificate");
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

    private Path passwordFile(String setting) {
        return passwordFile.orElseThrow(() -> new IllegalStateException(setting + " names a PKCS#12 file, and "
                + Pkcs12Key.PASSWORD_FILE + " is empty: name a file that holds its password, and nothing else"));
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
