package io.chapar.app.queue;

import io.chapar.app.door.Preference;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificateStatus;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.JsonEncryption;
import io.chapar.trust.Malformed;
import io.chapar.trust.Purpose;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In the queues of the parties of whom a setting says {@code jwe}, no body lies readable: what the gateway writes is
 * encrypted to the party's certificate, and what the party writes must be encrypted to the gateway's. Whoever looks at the
 * broker's disk, memory or console sees ciphertext, ids and digests.
 */
public final class QueueEncryption {

    private static final Logger LOG = LoggerFactory.getLogger(QueueEncryption.class);

    private final Set<PartyCode> encrypted;
    private final PartyDirectory parties;
    private final CertificatePaths paths;
    private final Optional<DecryptionKey> key;
    /** The operator is told once when a party begins to wait. */
    private final Set<PartyCode> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param encrypted the parties with encrypted queues, as at the start: no reload of the directory writes in clear
     * @param key the gateway's own; may be absent when there are no such parties
     */
    public QueueEncryption(
            Set<PartyCode> encrypted, PartyDirectory parties, CertificatePaths paths, Optional<DecryptionKey> key) {
        if (!encrypted.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException("what parties encrypt is decrypted with a key");
        }
        this.encrypted = Set.copyOf(encrypted);
        this.parties = parties;
        this.paths = paths;
        this.key = key;
    }

    /** Whether something can be written to this party now; what waits for a certificate waits in the record. */
    public boolean isReady(PartyCode party) {
        if (!encrypted.contains(party) || certificate(party).isPresent()) {
            waiting.remove(party);
            return true;
        }
        if (waiting.add(party)) {
            LOG.warn("{} has no valid certificate to which could be encrypted: its queues wait until it has", party);
        }
        return false;
    }

    private Optional<X509Certificate> certificate(PartyCode party) {
        return parties.party(party).map(Party::encryptionCertificates).stream()
                .flatMap(certificates -> certificates.stream()
                        .filter(JsonEncryption::canUse)
                        .filter(each -> paths.check(each, Purpose.ENCRYPTION) == CertificateStatus.VALID))
                .findFirst();
    }

    /** Whether what lies in this party's queues is one JWE for each message, which is made and opened in memory. */
    public boolean encrypts(PartyCode party) {
        return encrypted.contains(party);
    }

    /** As it may lie in this party's queue. */
    Letter sealed(PartyCode to, Letter letter) {
        if (!encrypted.contains(to)) {
            return letter;
        }
        X509Certificate certificate = certificate(to)
                .orElseThrow(
                        () -> new IllegalStateException(to + " has no valid certificate to which could be encrypted"));
        return letter.withBody(
                JsonEncryption.MEDIA_TYPE,
                JsonEncryption.encrypt(letter.body().bytes(), letter.contentType(), certificate));
    }

    /**
     * What the party wrote, before anything else reads it: from here on it walks as if it had come in clear. What is
     * decrypted is smaller than what came, so the door's limit holds for both.
     */
    Passage.Arrived opened(PartyCode from, Passage.Arrived arrived) throws Refusal {
        if (!encrypted.contains(from)) {
            return arrived;
        }
        try {
            DecryptionKey.Opened opened = key.orElseThrow().open(arrived.body());
            String contentType = opened.contentType().orElseGet(() -> Written.shownBy(opened.content()));
            return new Passage.Arrived(
                    arrived.door(),
                    arrived.exchange(),
                    contentType,
                    opened.content(),
                    arrived.detachedSignature(),
                    arrived.clientCertificates(),
                    Preference.of("", contentType),
                    arrived.validateOnly(),
                    arrived.at(),
                    arrived.traceId());
        } catch (Malformed e) {
            throw new Refusal(
                    ProblemCode.NOT_ENCRYPTED, "What " + from + " writes is encrypted: " + e.getMessage() + ".");
        }
    }
}
