package io.chapar.trust;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Certificates by their bytes, with their keys as objects that are kept: reading a certificate anew for each message
 * costs as much as verifying with it, and Bouncy Castle remembers precomputed points on the key object.
 */
final class KeyObjects {

    /** More certificates than a directory has; a stranger who sends new ones only makes this forget. */
    private static final int MOST_KEPT = 4_096;

    private static final int LARGEST_CERTIFICATE = 16_384;

    /** Honest ones have one or two thousand; what is larger is read anew each time, so that memory stays bounded. */
    static final int LARGEST_KEPT = 4_096;

    /**
     * A certificate and its key, ready to verify with.
     *
     * @param key an object of Bouncy Castle's for curves, of the platform's for RSA
     * @param algorithms with which this key may sign; none when it is too weak or of another kind
     */
    record Known(X509Certificate certificate, PublicKey key, Set<SignatureAlgorithm> algorithms) {}

    private static final Map<ByteBuffer, Known> KEPT = new ConcurrentHashMap<>();

    private KeyObjects() {}

    /** @throws CertificateException if these bytes are not one certificate with a key that we can use */
    static Known of(byte[] encoded) throws CertificateException {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        Known kept = KEPT.get(bytes);
        if (kept != null) {
            return kept;
        }
        if (encoded.length > LARGEST_CERTIFICATE) {
            throw new CertificateException("a certificate is larger than " + LARGEST_CERTIFICATE + " bytes");
        }
        ByteArrayInputStream stream = new ByteArrayInputStream(encoded);
        X509Certificate certificate = certificate(stream);
        if (stream.available() > 0) {
            throw new CertificateException("something follows the certificate");
        }
        PublicKey key = key(certificate.getPublicKey());
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm.fits(key)) {
                algorithms.add(algorithm);
            }
        }
        Known known = new Known(certificate, key, algorithms);
        if (encoded.length > LARGEST_KEPT) {
            return known;
        }
        if (KEPT.size() >= MOST_KEPT) {
            KEPT.clear();
        }
        KEPT.put(ByteBuffer.wrap(encoded.clone()), known);
        return known;
    }

    static Known of(X509Certificate certificate) throws CertificateException {
        return of(certificate.getEncoded());
    }

    /**
     * Reads one certificate.
     *
     * @throws CertificateException also where the platform throws something unchecked, as for an Ed25519 key without a byte
     */
    static X509Certificate certificate(InputStream encoded) throws CertificateException {
        try {
            return (X509Certificate) certificateFactory().generateCertificate(encoded);
        } catch (RuntimeException e) {
            throw new CertificateException("a certificate that cannot be read", e);
        }
    }

    /** The platform's, whoever else is installed: the certificates of one class compare as equal by their bytes. */
    static CertificateFactory certificateFactory() {
        try {
            return CertificateFactory.getInstance("X.509", "SUN");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no X.509", e);
        }
    }

    /** The key as an object of the provider that computes with it. */
    static PublicKey key(PublicKey key) throws CertificateException {
        if (key.getAlgorithm().equals("RSA")) {
            return key;
        }
        try {
            return keyFactory(key.getAlgorithm()).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate's key is of no kind that may sign", e);
        }
    }

    /** The key as an object of the provider that computes with it. A key in a token has no bytes and stays as it is. */
    static PrivateKey key(PrivateKey key) {
        if (key.getAlgorithm().equals("RSA") || key.getEncoded() == null) {
            return key;
        }
        try {
            return keyFactory(key.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is of no kind that may sign", e);
        }
    }

    static boolean isNistCurve(PublicKey key, int bits) {
        ASN1ObjectIdentifier curve = bits == 256 ? X9ObjectIdentifiers.prime256v1 : SECObjectIdentifiers.secp384r1;
        return curve.equals(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getAlgorithm()
                .getParameters());
    }

    private static KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
        // the platform calls both Edwards curves EdDSA, as Bouncy Castle does for either
        return KeyFactory.getInstance(algorithm.equals("ECDSA") ? "EC" : algorithm, SignatureAlgorithm.BOUNCY_CASTLE);
    }
}
