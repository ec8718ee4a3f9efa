package io.chapar.trust;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Whether a certificate may be trusted now, and for what: RFC 5280 to the configured anchors and no others, with
 * revocation. In doubt it may not. What was found out is kept for a short time, and only as long as the revocation lists
 * stay the same, because each message asks.
 */
public final class CertificatePaths {

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST_KEPT = 4_096;
    private static final int LONGEST_PATH = 4;

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** Extended key usages with which a certificate may do what the purpose wants, where it has any. */
    private static final Map<Purpose, Set<String>> USAGES = Map.of(
            Purpose.TLS_CLIENT, Set.of("1.3.6.1.5.5.7.3.2", ANY_PURPOSE),
            Purpose.TLS_SERVER, Set.of("1.3.6.1.5.5.7.3.1", ANY_PURPOSE),
            Purpose.SIGNATURE, Set.of("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", ANY_PURPOSE),
            Purpose.TIMESTAMP, Set.of("1.3.6.1.5.5.7.3.8"),
            Purpose.ENCRYPTION, Set.of("1.3.6.1.5.5.7.3.4", ANY_PURPOSE));

    private final Set<TrustAnchor> anchors;
    private final List<X509Certificate> intermediates;
    private final RevocationLists revocation;
    private final Clock clock;
    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    private record Question(X509Certificate certificate, Purpose purpose) {}

    private record Answer(CertificateStatus status, Instant until, List<X509CRL> lists) {}

    /**
     * @param authorities anchors (self-signed) and authorities below them
     * @param revocationLists a PEM file, read again when it changes
     * @param grace how long after its next update a revocation list is still relied on
     */
    public CertificatePaths(List<X509Certificate> authorities, Path revocationLists, Duration grace, Clock clock) {
        this.anchors = authorities.stream()
                .filter(CertificatePaths::isSelfIssued)
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
        this.intermediates = authorities.stream()
                .filter(authority -> !isSelfIssued(authority))
                .toList();
        this.revocation = new RevocationLists(revocationLists, grace, clock);
        this.clock = clock;
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("without an anchor nobody could be trusted");
        }
    }

    public CertificateStatus check(X509Certificate certificate, Purpose purpose) {
        Question question = new Question(certificate, purpose);
        Instant now = clock.instant();
        List<X509CRL> lists = revocation.current();
        Answer known = answers.get(question);
        if (known != null && now.isBefore(known.until()) && known.lists() == lists) {
            return known.status();
        }
        CertificateStatus status = find(certificate, purpose, now);
        if (answers.size() >= MOST_KEPT) {
            answers.clear();
        }
        answers.put(question, new Answer(status, until(certificate, status, now), lists));
        return status;
    }

    /** Whether a path led to an anchor at that time, whatever ended or was taken back since. */
    public boolean ledAt(X509Certificate certificate, Purpose purpose, Instant at) {
        return isFor(certificate, purpose)
                && !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant())
                && path(certificate, at).isPresent();
    }

    private static Instant until(X509Certificate certificate, CertificateStatus status, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Instant usual = now.plus(KEPT);
        return status == CertificateStatus.VALID && end.isBefore(usual) ? end : usual;
    }

    private CertificateStatus find(X509Certificate certificate, Purpose purpose, Instant now) {
        if (!isFor(certificate, purpose)) {
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
        return inTime ? revocation(path.get()) : CertificateStatus.EXPIRED;
    }

    private CertificateStatus revocation(List<X509Certificate> path) {
        for (int i = 0; i + 1 < path.size(); i++) {
            CertificateStatus status = revocation.statusOf(path.get(i), path.get(i + 1));
            if (status != CertificateStatus.VALID) {
                return status;
            }
        }
        return CertificateStatus.VALID;
    }

    /** From the certificate to the anchor, the anchor included. */
    private Optional<List<X509Certificate>> path(X509Certificate certificate, Instant at) {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        List<X509Certificate> candidates = new ArrayList<>(intermediates);
        candidates.add(certificate);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(candidates)));
            parameters.setMaxPathLength(LONGEST_PATH);
            parameters.setDate(Date.from(at));
            // the lists are consulted below, with a grace period that the platform does not know
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

    static boolean isFor(X509Certificate certificate, Purpose purpose) {
        boolean[] usage = certificate.getKeyUsage();
        boolean authority = certificate.getBasicConstraints() >= 0;
        if (usage == null || authority || !allows(usage, certificate, purpose)) {
            return false;
        }
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            return extended == null
                    || extended.stream()
                            .anyMatch(Optional.ofNullable(USAGES.get(purpose)).orElse(Set.of())::contains);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean allows(boolean[] usage, X509Certificate certificate, Purpose purpose) {
        return switch (purpose) {
            case ENCRYPTION ->
                usage[certificate.getPublicKey().getAlgorithm().equals("RSA") ? KEY_ENCIPHERMENT : KEY_AGREEMENT];
            case SIGNATURE -> usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
            case TLS_CLIENT, TLS_SERVER, TIMESTAMP -> usage[DIGITAL_SIGNATURE];
        };
    }

    /** The platform lets SHA-1 pass below anchors of one's own. */
    private static boolean isWeaklySigned(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
