package io.chapar.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Encrypts to a certificate: JWE in its compact form (RFC 7516). */
public final class JsonEncryption {

    /** The media type of the compact form. */
    public static final String MEDIA_TYPE = "application/jose";

    private JsonEncryption() {}

    /** Whether anything can be encrypted to this certificate: by its key and its key usage. */
    public static boolean canUse(X509Certificate certificate) {
        try {
            KeyEncryption.of(certificate);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @param contentType of the content, which its reader finds as {@code cty}
     * @throws IllegalArgumentException if the certificate is not for encryption
     */
    public static byte[] encrypt(byte[] content, String contentType, X509Certificate to) {
        JWEAlgorithm algorithm = KeyEncryption.of(to);
        JWEHeader header = new JWEHeader.Builder(algorithm, KeyEncryption.CONTENT)
                .contentType(contentType)
                // which of its certificates its reader needs the key of
                .x509CertSHA256Thumbprint(new Base64URL(CertificatesByThumbprint.thumbprint(to)))
                .build();
        JWEObject jwe = new JWEObject(header, new Payload(content));
        try {
            jwe.encrypt(encrypter(to));
        } catch (JOSEException e) {
            throw new IllegalStateException("a certificate for encryption does not encrypt", e);
        }
        return jwe.serialize().getBytes(StandardCharsets.US_ASCII);
    }

    private static JWEEncrypter encrypter(X509Certificate to) throws JOSEException {
        if (to.getPublicKey() instanceof ECPublicKey curve) {
            return new ECDHEncrypter(curve);
        }
        return new RSAEncrypter((RSAPublicKey) to.getPublicKey());
    }
}
