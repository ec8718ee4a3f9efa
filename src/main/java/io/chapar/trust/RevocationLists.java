package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The revocation lists in a file, read again when it changes. A file that cannot be read leaves the lists as they were:
 * they age, and once they are too old nothing is trusted any more.
 */
final class RevocationLists {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationLists.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int SIGNS_LISTS = 6;

    /** Lists of a part only, and lists of changes: what is not in them says nothing (RFC 5280, sections 5.2.4, 5.2.5). */
    private static final Set<String> PARTIAL = Set.of("2.5.29.27", "2.5.29.28");

    private final Path file;
    private final Duration grace;
    private final Clock clock;
    private volatile State state;

    /**
     * @param lapse when the next of the lists is relied on no more
     * @param refused whether the file cannot be read as it is
     */
    private record State(
            FileTime modified, long size, List<X509CRL> lists, Instant lookAgain, Instant lapse, boolean refused) {}

    RevocationLists(Path file, Duration grace, Clock clock) {
        this.file = file;
        this.grace = grace;
        this.clock = clock;
        this.state = new State(FileTime.fromMillis(0), -1, List.of(), Instant.MIN, Instant.MAX, false);
    }

    /** The lists as they are now; another object once they have changed, or one of them is relied on no more. */
    List<X509CRL> current() {
        State seen = state;
        Instant now = clock.instant();
        if (now.isBefore(seen.lookAgain())) {
            return seen.lists();
        }
        State looked = look(seen, now);
        state = looked;
        return looked.lists();
    }

    private State look(State seen, Instant now) {
        boolean refused = false;
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (!modified.equals(seen.modified()) || size != seen.size()) {
                return state(modified, size, PemFiles.revocationLists(file), now, false);
            }
        } catch (IOException e) {
            refused = true;
            LOG.atLevel(seen.refused() ? Level.DEBUG : Level.WARN)
                    .setCause(e)
                    .log("The revocation lists cannot be read; those read before stay in force until they are too old");
        }
        List<X509CRL> lists = now.isBefore(seen.lapse())
                ? seen.lists()
                : seen.lists().stream().toList();
        return state(seen.modified(), seen.size(), lists, now, refused);
    }

    private State state(FileTime modified, long size, List<X509CRL> lists, Instant now, boolean refused) {
        Instant lapse = lists.stream()
                .filter(list -> list.getNextUpdate() != null)
                .map(list -> list.getNextUpdate().toInstant().plus(grace))
                .filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return new State(modified, size, lists, now.plus(BETWEEN_LOOKS), lapse, refused);
    }

    /** Whether the file cannot be read as it is now, and the lists before it are relied on. */
    boolean refused() {
        current();
        return state.refused();
    }

    /** When the first issuer's newest list should have been followed by another; long ago when there is none. */
    Instant due() {
        Map<X500Principal, Instant> newest = current().stream()
                .filter(list -> list.getNextUpdate() != null)
                .collect(Collectors.toMap(
                        X509CRL::getIssuerX500Principal,
                        list -> list.getNextUpdate().toInstant(),
                        (one, other) -> one.isAfter(other) ? one : other));
        return newest.values().stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** Whether the issuer took the certificate back, as far as a list that is not too old says. */
    CertificateStatus statusOf(X509Certificate certificate, X509Certificate issuer) {
        Optional<X509CRL> list = current().stream()
                .filter(candidate -> candidate.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(this::isCurrent)
                .filter(candidate -> isSignedBy(candidate, issuer))
                .max(Comparator.comparing(X509CRL::getThisUpdate));
        if (list.isEmpty()) {
            return CertificateStatus.UNDETERMINED;
        }
        return list.get().isRevoked(certificate) ? CertificateStatus.REVOKED : CertificateStatus.VALID;
    }

    private boolean isCurrent(X509CRL list) {
        Instant now = clock.instant();
        Set<String> critical = list.getCriticalExtensionOIDs();
        return list.getNextUpdate() != null
                && !list.getThisUpdate().toInstant().isAfter(now)
                && list.getNextUpdate().toInstant().plus(grace).isAfter(now)
                && (critical == null || critical.stream().noneMatch(PARTIAL::contains))
                && !list.hasUnsupportedCriticalExtension();
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[SIGNS_LISTS]) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("A revocation list is not signed by the authority that it names");
            return false;
        }
    }
}
