package io.chapar.trust;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is known of one certificate, and when it is asked about again. Guarded by its {@link OcspResponder}. */
final class OcspKnown {

    final X509Certificate certificate;

    @Nullable
    OcspAnswer answer;

    @Nullable
    CompletableFuture<@Nullable Void> coming;

    Instant askAgain = Instant.MIN;
    Instant used = Instant.MIN;
    int failures;

    /** As of the last look. */
    private boolean relied;

    OcspKnown(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /** That it was revoked is not forgotten because the next answer is late. */
    Optional<CertificateStatus> status(Instant now, Duration grace) {
        return Optional.ofNullable(answer)
                .filter(said -> said.status() == CertificateStatus.REVOKED
                        || said.nextUpdate().plus(grace).isAfter(now))
                .map(OcspAnswer::status);
    }

    /** Whether it was relied on at the last look and is no more. */
    boolean lapses(Instant now, Duration grace) {
        boolean before = relied;
        relied = status(now, grace).isPresent();
        return before && !relied;
    }

    boolean isDue(Instant now) {
        return coming == null && !now.isBefore(askAgain);
    }
}
