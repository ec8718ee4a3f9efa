package io.chapar.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The key to which others encrypt. What a message may look like is fixed here and not said by the message: one algorithm
 * for this key, one cipher, no compression (so what comes out is always smaller than what went in), and no key from
 * elsewhere.
 */
public final class DecryptionKey {

    /** What may stand in a header; whatever else changes how a message is read, or only takes room. */
    private static final Set<String> MEMBERS =
            Set.of("alg", "enc", "cty", "typ", "kid", "x5t#S256", "epk", "apu", "apv");

    private static final int PARTS = 5;
    private static final int LONGEST_HEADER = 8_192;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    private static final boolean[] ALLOWED = allowed();

    /** Whatever failed: who learned which step it was could search for the content with it. */
    private static final String NOT_OPENED =
            "the JWE cannot be decrypted: it is encrypted to another key, or was altered";

    private final JWEAlgorithm algorithm;
    private final String thumbprint;
    private final JWEDecrypter decrypter;

    /** @param contentType what {@code cty} says */
    public record Opened(byte[] content, Optional<String> contentType) {}

    /** @throws IllegalArgumentException if the certificate is not for encryption, or not this key's */
    public DecryptionKey(PrivateKey key, X509Certificate certificate) {
        this.algorithm = KeyEncryption.of(certificate);
        this.thumbprint = CertificatesByThumbprint.thumbprint(certificate);
        this.decrypter = decrypter(key, certificate);
        byte[] anything = {1};
        try {
            open(JsonEncryption.encrypt(anything, "text/plain", certificate));
        } catch (Malformed e) {
            throw new IllegalArgumentException("the key does not belong to the certificate", e);
        }
    }

    private static JWEDecrypter decrypter(PrivateKey key, X509Certificate certificate) {
        try {
            if (key instanceof TokenKey held) {
                if (certificate.getPublicKey() instanceof ECPublicKey curve) {
                    return new AgreedDecrypter(held, curve);
                }
                throw new IllegalArgumentException(
                        "in a token it is P-256 or P-384, as Java's PKCS#11 has no RSA-OAEP");
            }
            return key instanceof ECPrivateKey curve ? new ECDHDecrypter(curve) : new RSADecrypter(key);
        } catch (JOSEException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is of no kind that decrypts: " + e.getMessage(), e);
        }
    }

    /** Whether these bytes have the form of a compact JWE. */
    public static boolean isForm(byte[] bytes) {
        int parts = 1;
        for (byte each : bytes) {
            if (each < 0 || !ALLOWED[each]) {
                return false;
            }
            parts += each == '.' ? 1 : 0;
        }
        return parts == PARTS;
    }

    /**
     * @throws Malformed if it is no compact JWE of the one kind, not for this key, or altered; quotes nothing of it
     * @throws KeyUnavailable when the key lies in a token that cannot use it now
     */
    public Opened open(byte[] jwe) throws Malformed {
        if (!isForm(jwe)) {
            throw new Malformed("a compact JWE was expected: five parts in base64url, divided by full stops");
        }
        Map<String, Object> header = header(jwe);
        check(header);
        try {
            JWEObject object = JWEObject.parse(new String(jwe, StandardCharsets.US_ASCII));
            object.decrypt(decrypter);
            return new Opened(
                    object.getPayload().toBytes(),
                    header.get("cty") instanceof String type ? Optional.of(type) : Optional.empty());
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            throw new Malformed(NOT_OPENED);
        }
    }

    private static Map<String, Object> header(byte[] jwe) throws Malformed {
        int end = 0;
        while (jwe[end] != '.') {
            end++;
        }
        if (end > LONGEST_HEADER) {
            throw new Malformed("the JWE header is longer than " + LONGEST_HEADER + " characters");
        }
        try {
            return HardenedJson.parse(Base64.getUrlDecoder().decode(Arrays.copyOf(jwe, end)));
        } catch (IllegalArgumentException | Malformed e) {
            throw new Malformed("the JWE header cannot be read");
        }
    }

    private void check(Map<String, Object> header) throws Malformed {
        if (!algorithm.getName().equals(header.get("alg"))) {
            throw new Malformed("alg was expected to be " + algorithm.getName());
        }
        if (!KeyEncryption.CONTENT.getName().equals(header.get("enc"))) {
            throw new Malformed("enc was expected to be " + KeyEncryption.CONTENT.getName());
        }
        if (!MEMBERS.containsAll(header.keySet())) {
            throw new Malformed(
                    "the JWE header may hold alg, enc, cty, typ, kid, x5t#S256, epk, apu and apv, and nothing"
                            + " else: no zip, no crit, no key or address of one");
        }
        if (header.containsKey("cty") && !(header.get("cty") instanceof String)) {
            throw new Malformed("cty was expected to be a media type");
        }
        if (header.containsKey("x5t#S256") && !thumbprint.equals(header.get("x5t#S256"))) {
            throw new Malformed(NOT_OPENED);
        }
    }

    private static boolean[] allowed() {
        boolean[] allowed = new boolean[128];
        ALPHABET.chars().forEach(each -> allowed[each] = true);
        return allowed;
    }
}
