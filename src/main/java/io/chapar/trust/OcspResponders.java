package io.chapar.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The responders that settings name, each for the authorities that settings name. Nobody else is asked, whatever address
 * a certificate bears.
 */
final class OcspResponders implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<X509Certificate, OcspResponder> byIssuer;
    private final AtomicLong changes = new AtomicLong();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chapar-ocsp-renewal");
        thread.setDaemon(true);
        return thread;
    });

    OcspResponders(
            Map<X509Certificate, ? extends OcspResponder.Line> lines,
            OcspAnswers answers,
            OcspTimes times,
            Clock clock) {
        this.byIssuer = lines.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        one -> new OcspResponder(
                                one.getKey(), one.getValue(), answers, times, clock, changes::incrementAndGet)));
    }

    /** From now on answers in use are renewed before they lapse. */
    void start() {
        if (!byIssuer.isEmpty()) {
            ScheduledFuture<?> unused = ticks.scheduleWithFixedDelay(
                    this::renew, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void renew() {
        byIssuer.values().forEach(OcspResponder::renew);
    }

    /** Another number once something else is known than before. */
    long changes() {
        return changes.get();
    }

    /** Nothing when nobody is named for this issuer, or no answer counts. */
    Optional<CertificateStatus> statusOf(X509Certificate certificate, X509Certificate issuer) {
        return Optional.ofNullable(byIssuer.get(issuer)).flatMap(responder -> responder.statusOf(certificate));
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        byIssuer.values().forEach(OcspResponder::close);
    }
}
