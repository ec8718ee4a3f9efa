package io.chapar.trust;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether issuers took certificates back: by their lists and by their responders. Revoked by either is revoked; what a
 * responder does not know is not trusted, whatever a list says; else one of them must say that it is good, in time.
 */
public final class Revocation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

    private final Optional<RevocationLists> lists;
    private final OcspAnswers answers;
    private final OcspResponders responders;
    private final Duration grace;
    private final Clock clock;

    /** What was known at a moment. Equal as long as nothing else is known. */
    record State(List<X509CRL> lists, long answers) {
        boolean isSame(State other) {
            return lists == other.lists && answers == other.answers;
        }
    }

    private Revocation(
            Optional<RevocationLists> lists,
            OcspAnswers answers,
            OcspResponders responders,
            Duration grace,
            Clock clock) {
        this.lists = lists;
        this.answers = answers;
        this.responders = responders;
        this.grace = grace;
        this.clock = clock;
    }

    /**
     * @param lists a PEM file, read again when it changes
     * @param responders who is asked about certificates of which issuer
     * @param skew by how much a responder's clock may differ from ours
     */
    public static Revocation of(
            Optional<Path> lists,
            Map<X509Certificate, HttpAuthority> responders,
            OcspTimes times,
            Duration skew,
            Clock clock) {
        return asking(
                lists,
                responders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue()::ask)),
                times,
                skew,
                clock);
    }

    static Revocation asking(
            Optional<Path> file,
            Map<X509Certificate, OcspResponder.Line> responders,
            OcspTimes times,
            Duration skew,
            Clock clock) {
        Optional<RevocationLists> lists = file.map(one -> new RevocationLists(one, times.grace(), clock));
        OcspAnswers answers = new OcspAnswers(
                new OcspSigners((certificate, issuer) -> byList(lists, certificate, issuer)), skew, clock);
        return new Revocation(
                lists, answers, new OcspResponders(responders, answers, times, clock), times.grace(), clock);
    }

    /** By lists alone. */
    static Revocation byLists(Path file, Duration grace, Clock clock) {
        return asking(
                Optional.of(file), Map.of(), new OcspTimes(Duration.ZERO, Duration.ZERO, grace), Duration.ZERO, clock);
    }

    /** The same responders, with lists of another file. */
    public Revocation withLists(Path file) {
        return new Revocation(Optional.of(new RevocationLists(file, grace, clock)), answers, responders, grace, clock);
    }

    /** From now on answers in use are renewed before they lapse. */
    public void start() {
        responders.start();
    }

    /**
     * When the list that is first to be replaced should have been; they are relied on for the grace period after it. Long ago
     * when none can be read, empty when there are to be none.
     */
    public Optional<Instant> listsDue() {
        return lists.map(RevocationLists::due);
    }

    /** Whether the file of the lists cannot be read as it is now, and those before it are relied on. */
    public boolean listsRefused() {
        return lists.map(RevocationLists::refused).orElse(false);
    }

    State state() {
        return new State(lists.map(RevocationLists::current).orElse(List.of()), responders.changes());
    }

    /** @param stapled what came with the certificate; what cannot be believed of it makes nothing known */
    CertificateStatus statusOf(X509Certificate certificate, X509Certificate issuer, Optional<byte[]> stapled) {
        Set<CertificateStatus> said = EnumSet.noneOf(CertificateStatus.class);
        said.add(byList(lists, certificate, issuer));
        if (said.contains(CertificateStatus.REVOKED)) {
            return CertificateStatus.REVOKED;
        }
        responders.statusOf(certificate, issuer).ifPresent(said::add);
        if (stapled.isPresent()) {
            try {
                said.add(answers.stapled(certificate, issuer, stapled.get()).status());
            } catch (OcspRefused e) {
                LOG.info("What is stapled to a certificate is not believed: {}", e.getMessage());
                return said.contains(CertificateStatus.REVOKED)
                        ? CertificateStatus.REVOKED
                        : CertificateStatus.UNDETERMINED;
            }
        }
        return Stream.of(CertificateStatus.REVOKED, CertificateStatus.UNTRUSTED, CertificateStatus.VALID)
                .filter(said::contains)
                .findFirst()
                .orElse(CertificateStatus.UNDETERMINED);
    }

    private static CertificateStatus byList(
            Optional<RevocationLists> lists, X509Certificate certificate, X509Certificate issuer) {
        return lists.map(one -> one.statusOf(certificate, issuer)).orElse(CertificateStatus.UNDETERMINED);
    }

    @Override
    public void close() {
        responders.close();
    }
}
