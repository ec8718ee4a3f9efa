package io.chapar.app.queue;

import io.chapar.app.catalogue.PartyFile;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.trust.JsonEncryption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which parties have queues. In them lies what parties write and read, readable for whoever reads the disk; so none is
 * made before somebody has said what protects it.
 */
public final class QueueOwners {

    private static final String EVERYWHERE = "chapar.broker.clear-queues";

    private QueueOwners() {}

    /**
     * @param everywhere the setting for all parties, or empty
     * @param sandbox whether this is one, where nothing needs to protect anybody
     * @throws IllegalStateException naming the setting that is missing or cannot be kept
     */
    public static Set<PartyCode> of(Collection<Party> parties, String everywhere, boolean sandbox) {
        Optional<Party.ClearQueues> usual = PartyFile.clearQueues(everywhere);
        if (usual.isEmpty() && !everywhere.isEmpty()) {
            throw new IllegalStateException(
                    EVERYWHERE + " is " + everywhere + ": encrypted-volume or jwe was expected");
        }
        if (usual.filter(Party.ClearQueues.SANDBOX::equals).isPresent() && !sandbox) {
            throw new IllegalStateException(EVERYWHERE + " is sandbox, and chapar.mode is not: set it to"
                    + " encrypted-volume when the broker's journal lies on one, or leave it empty and say so for single"
                    + " parties, or set chapar.broker.amqp-port to -1");
        }
        Set<PartyCode> owners = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (Party party : parties) {
            Optional<Party.ClearQueues> said = said(party, everywhere);
            refuse(party, said, sandbox);
            if (said.isPresent() && !party.code().equals(PartyCode.CHAPAR)) {
                owners.add(party.code());
            } else if (party.channel() == Party.Channel.QUEUE) {
                missing.add(party.code().value());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the channel of " + String.join(", ", missing) + " is queue, and nothing says"
                            + " what protects what lies there: set chapar.parties.<CODE>.clear-queues or " + EVERYWHERE
                            + " to encrypted-volume when the broker's journal lies on one, or to jwe");
        }
        return owners;
    }

    /** The parties in whose queues everything is encrypted. */
    public static Set<PartyCode> encrypted(Collection<Party> parties, String everywhere) {
        return parties.stream()
                .filter(party -> !party.code().equals(PartyCode.CHAPAR))
                .filter(party -> said(party, everywhere)
                        .filter(Party.ClearQueues.JWE::equals)
                        .isPresent())
                .map(Party::code)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of this party, or else of all. */
    static Optional<Party.ClearQueues> said(Party party, String everywhere) {
        return party.clearQueues().or(() -> PartyFile.clearQueues(everywhere));
    }

    /** Without AMQP there is no queue that anybody could read. */
    public static Set<PartyCode> ofNobody(Collection<Party> parties) {
        for (Party party : parties) {
            if (party.channel() == Party.Channel.QUEUE) {
                throw new IllegalStateException("chapar.broker.amqp-port is -1, and the channel of " + party.code()
                        + " is queue: set chapar.parties." + party.code() + ".channel, or the port");
            }
        }
        return Set.of();
    }

    private static void refuse(Party party, Optional<Party.ClearQueues> said, boolean sandbox) {
        String setting =
                party.clearQueues().isPresent() ? "chapar.parties." + party.code() + ".clear-queues" : EVERYWHERE;
        boolean encrypts = said.filter(Party.ClearQueues.JWE::equals).isPresent();
        if (encrypts
                && !party.code().equals(PartyCode.CHAPAR)
                && party.encryptionCertificates().stream().noneMatch(JsonEncryption::canUse)) {
            throw new IllegalStateException(setting + " is jwe, and " + party.code()
                    + " has no certificate to which could be encrypted: name one in certificates.encryption of its entry"
                    + " in parties.yaml, with the key usage keyAgreement (P-256, P-384) or keyEncipherment (RSA)");
        }
        if (said.filter(Party.ClearQueues.SANDBOX::equals).isPresent() && !sandbox) {
            throw new IllegalStateException(
                    setting
                            + " is sandbox, and chapar.mode is not: set encrypted-volume when the broker's journal lies on one");
        }
    }
}
