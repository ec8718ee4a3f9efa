package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.message.PartyDirectory;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds the signing certificates of the directory's parties by {@code x5t#S256}, as the directory is at that moment. */
public final class CertificatesByThumbprint implements Function<String, Optional<X509Certificate>> {

    private final PartyDirectory directory;

    /** Only what the directory holds comes in here, so it does not grow. */
    private final Map<String, X509Certificate> found = new ConcurrentHashMap<>();

    public CertificatesByThumbprint(PartyDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<X509Certificate> apply(String thumbprint) {
        X509Certificate known = found.get(thumbprint);
        if (known != null && directory.bySigningCertificate(known).isPresent()) {
            return Optional.of(known);
        }
        Optional<X509Certificate> certificate = directory.all().stream()
                .flatMap(party -> party.signingCertificates().stream())
                .filter(candidate -> thumbprint(candidate).equals(thumbprint))
                .findFirst();
        certificate.ifPresent(one -> found.put(thumbprint, one));
        return certificate;
    }

    /** The base64url SHA-256 of its bytes (RFC 7515, section 4.1.8). */
    public static String thumbprint(X509Certificate certificate) {
        try {
            byte[] hash = Digest.of(certificate.getEncoded()).hash();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no bytes", e);
        }
    }
}
