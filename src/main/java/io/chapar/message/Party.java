package io.chapar.message;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A party of the directory.
 *
 * @param groups the groups it belongs to, such as {@code CONSULATES}
 * @param tlsCertificates what it may present when it connects; several overlap while one replaces another
 * @param signingCertificates what it may sign with
 * @param encryptionCertificates to which may be encrypted what only it shall read, the best one first
 * @param channel how deliveries reach it
 * @param address where the channels {@code rest} and {@code soap} deliver
 * @param queries where a provider answers queries; absent for parties that are never asked
 * @param acknowledgementSigned false only where the party's entry says {@code acknowledgement: unsigned}
 * @param clearQueues what protects what lies readable in its queues; absent where its entry does not say
 */
public record Party(
        PartyCode code,
        String name,
        Set<String> groups,
        List<X509Certificate> tlsCertificates,
        List<X509Certificate> signingCertificates,
        List<X509Certificate> encryptionCertificates,
        Channel channel,
        Optional<URI> address,
        Optional<URI> queries,
        boolean acknowledgementSigned,
        Optional<ClearQueues> clearQueues) {

    /** What protects the content of a party's queues, in which it stands as the party writes and reads it. */
    public enum ClearQueues {
        /** The party encrypts what it writes, and reads what is encrypted to its certificate. */
        JWE,
        /** The broker's journal lies on a volume that is encrypted. */
        ENCRYPTED_VOLUME,
        /** Nothing does: all people in it are made up. */
        SANDBOX
    }

    /** How deliveries reach a party. */
    public enum Channel {
        REST,
        SOAP,
        QUEUE,
        MAILBOX
    }

    /** A party whose entry does not say what protects its queues, and names no certificate to encrypt to. */
    public Party(
            PartyCode code,
            String name,
            Set<String> groups,
            List<X509Certificate> tlsCertificates,
            List<X509Certificate> signingCertificates,
            Channel channel,
            Optional<URI> address,
            Optional<URI> queries,
            boolean acknowledgementSigned) {
        this(
                code,
                name,
                groups,
                tlsCertificates,
                signingCertificates,
                List.of(),
                channel,
                address,
                queries,
                acknowledgementSigned,
                Optional.empty());
    }

    public Party {
        groups = Set.copyOf(groups);
        tlsCertificates = List.copyOf(tlsCertificates);
        signingCertificates = List.copyOf(signingCertificates);
        encryptionCertificates = List.copyOf(encryptionCertificates);
    }

    /** Whether an agreement that names {@code partyOrGroup} means this party. */
    public boolean is(String partyOrGroup) {
        return code.value().equals(partyOrGroup) || groups.contains(partyOrGroup);
    }
}
