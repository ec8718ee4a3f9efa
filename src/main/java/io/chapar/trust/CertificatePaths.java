package io.chapar.trust;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;

/**
 * Whether a certificate may be trusted now, and for what: RFC 5280 to the configured anchors and no others, with
 * revocation. In doubt it may not. What was found out is kept for a short time, and only as long as the revocation lists
 * and the answers of OCSP stay the same, because each message asks.
 */
public final class CertificatePaths {

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST_KEPT = 4_096;
    private static final int LONGEST_PATH = 4;

    private volatile Authorities authorities;
    private final Revocation revocation;
    private final Clock clock;
    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    private record Question(X509Certificate certificate, Purpose purpose) {}

    private record Answer(CertificateStatus status, Instant until, Revocation.State known, Authorities by) {}

    /**
     * With lists alone.
     *
     * @param authorities anchors (self-signed) and authorities below them
     * @param revocationLists a PEM file, read again when it changes
     * @param grace how long after its next update a revocation list is still relied on
     */
    public CertificatePaths(List<X509Certificate> authorities, Path revocationLists, Duration grace, Clock clock) {
        this(authorities, Revocation.byLists(revocationLists, grace, clock), clock);
    }

    /** @param authorities anchors (self-signed) and authorities below them */
    public CertificatePaths(List<X509Certificate> authorities, Revocation revocation, Clock clock) {
        this.authorities = Authorities.of(authorities);
        this.revocation = revocation;
        this.clock = clock;
    }

    /** From now on these authorities count, and no others. */
    public void trust(Authorities others) {
        authorities = others;
    }

    /** Those that count now; another object once others do. */
    Authorities authorities() {
        return authorities;
    }

    public CertificateStatus check(X509Certificate certificate, Purpose purpose) {
        Question question = new Question(certificate, purpose);
        Instant now = clock.instant();
        Revocation.State state = revocation.state();
        Authorities by = authorities;
        Answer answer = answers.get(question);
        if (answer != null
                && answer.by() == by
                && now.isBefore(answer.until())
                && answer.known().isSame(state)) {
            return answer.status();
        }
        CertificateStatus status = find(certificate, purpose, now, Optional.empty());
        if (answers.size() >= MOST_KEPT) {
            answers.clear();
        }
        answers.put(question, new Answer(status, until(certificate, now), state, by));
        return status;
    }

    /**
     * As {@link #check}, once, with what came along with the certificate.
     *
     * @param stapled an OCSP answer; one that cannot be believed makes the certificate undetermined
     */
    CertificateStatus check(X509Certificate certificate, Purpose purpose, byte[] stapled) {
        return find(certificate, purpose, clock.instant(), Optional.of(stapled));
    }

    /** Whether a path led to an anchor at that time, whatever ended or was taken back since. */
    public boolean ledAt(X509Certificate certificate, Purpose purpose, Instant at) {
        return Usages.allow(certificate, purpose)
                && !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant())
                && path(certificate, at).isPresent();
    }

    /** How it is out of time, in words that follow its name. */
    public String outOfTime(X509Certificate certificate) {
        boolean late = clock.instant().isAfter(certificate.getNotAfter().toInstant());
        return (late ? "has expired" : "is not valid yet") + ": it is valid " + period(certificate) + " only";
    }

    /**
     * Why it is untrusted, in words that follow its name. They say nothing but what stands in the certificate, and which
     * authorities are known, which every handshake tells.
     */
    public String distrust(X509Certificate certificate, Purpose purpose) {
        X500Principal issuer = certificate.getIssuerX500Principal();
        if (!Usages.allow(certificate, purpose)) {
            return "was not issued for this use";
        }
        if (issuer.equals(certificate.getSubjectX500Principal())) {
            return "is self-made: no authority issued it";
        }
        return authorities.all().stream()
                        .anyMatch(one -> one.getSubjectX500Principal().equals(issuer))
                ? "names a known authority, which did not issue it or does not vouch for it"
                : "was issued by no authority that is known here";
    }

    private static String period(X509Certificate certificate) {
        return "from " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    private static Instant until(X509Certificate certificate, Instant now) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        Instant changes = now.isBefore(begins) ? begins : ends;
        Instant usual = now.plus(KEPT);
        return changes.isAfter(now) && changes.isBefore(usual) ? changes : usual;
    }

    private CertificateStatus find(
            X509Certificate certificate, Purpose purpose, Instant now, Optional<byte[]> stapled) {
        if (!Usages.allow(certificate, purpose)) {
            return CertificateStatus.UNTRUSTED;
        }
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        boolean inTime = !now.isBefore(begins) && !now.isAfter(ends);
        // a stranger's certificate is a stranger's, expired or not: the path is asked for within its own time
        Optional<List<X509Certificate>> path = path(certificate, inTime ? now : ends);
        if (path.isEmpty()) {
            return CertificateStatus.UNTRUSTED;
        }
        return inTime ? revocation(path.get(), stapled) : CertificateStatus.EXPIRED;
    }

    private CertificateStatus revocation(List<X509Certificate> path, Optional<byte[]> stapled) {
        for (int i = 0; i + 1 < path.size(); i++) {
            CertificateStatus status =
                    revocation.statusOf(path.get(i), path.get(i + 1), i == 0 ? stapled : Optional.empty());
            if (status != CertificateStatus.VALID) {
                return status;
            }
        }
        return CertificateStatus.VALID;
    }

    /** From the certificate to the anchor, the anchor included. */
    private Optional<List<X509Certificate>> path(X509Certificate certificate, Instant at) {
        Authorities now = authorities;
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        List<X509Certificate> candidates = new ArrayList<>(now.intermediates());
        candidates.add(certificate);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(now.anchors(), target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(candidates)));
            parameters.setMaxPathLength(LONGEST_PATH);
            parameters.setDate(Date.from(at));
            // lists and responders are consulted below, with a grace period that the platform does not know
            parameters.setRevocationEnabled(false);
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX", "SUN").build(parameters);
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate one : result.getCertPath().getCertificates()) {
                path.add((X509Certificate) one);
            }
            if (path.stream().anyMatch(CertificatePaths::isWeaklySigned)) {
                return Optional.empty();
            }
            path.add(result.getTrustAnchor().getTrustedCert());
            return Optional.of(path);
        } catch (CertPathBuilderException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no certificate paths", e);
        }
    }

    /** The platform lets SHA-1 pass below anchors of one's own. */
    static boolean isWeaklySigned(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }
}
