package io.chapar.trust;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * How keys of JWE are wrapped: one way for each kind of key, and one cipher for content. It follows from the certificate,
 * and never from what a message says.
 */
final class KeyEncryption {

    static final EncryptionMethod CONTENT = EncryptionMethod.A256GCM;

    private KeyEncryption() {}

    /**
     * @throws IllegalArgumentException if the certificate is not for encryption: RFC 5280, section 4.2.1.3, wants
     *     keyAgreement for a curve and keyEncipherment for RSA
     */
    static JWEAlgorithm of(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        boolean curve = key.getAlgorithm().equals("EC");
        if (!curve && !key.getAlgorithm().equals("RSA") || weak(certificate)) {
            throw new IllegalArgumentException("an encryption key is P-256, P-384 or RSA of at least 2048 bits");
        }
        if (!Usages.allow(certificate, Purpose.ENCRYPTION)) {
            throw new IllegalArgumentException("the certificate's key usage is not "
                    + (curve ? "keyAgreement" : "keyEncipherment") + ": it is not for encryption");
        }
        return curve ? JWEAlgorithm.ECDH_ES_A256KW : JWEAlgorithm.RSA_OAEP_256;
    }

    private static boolean weak(X509Certificate certificate) {
        try {
            return KeyObjects.of(certificate).algorithms().isEmpty();
        } catch (CertificateException e) {
            return true;
        }
    }
}
