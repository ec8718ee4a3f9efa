package io.chapar.trust;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

public final class CertificatePaths {

    /**
     * @param authorities anchors (self-signed) and authorities below them
     * @param revocationLists a PEM file, read again when it changes
     * @param grace how long after its next update a revocation list is still relied on
     */
    public CertificatePaths(List<X509Certificate> authorities, Path revocationLists, Duration grace, Clock clock) {}

    public CertificateStatus check(X509Certificate certificate, Purpose purpose) {
        throw new UnsupportedOperationException();
    }
}
