package io.chapar.app.catalogue;

import io.chapar.authorise.ForbiddenLinks;
import io.chapar.message.Party;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the party directory to one party behind each entry. A second entry with the key or the address of one of the two
 * parties that the law keeps apart (¶129) would be that party under another name.
 */
final class PartiesApart {

    private static final int HTTPS = 443;

    private final List<Party> parties;
    private final List<String> complaints = new ArrayList<>();

    private PartiesApart(List<Party> parties) {
        this.parties = parties;
    }

    /** @throws CatalogueRefused naming the parties that are one */
    static void check(List<Party> parties) {
        PartiesApart check = new PartiesApart(parties);
        check.keys();
        check.addresses();
        check.groups();
        if (!check.complaints.isEmpty()) {
            throw new CatalogueRefused(check.complaints);
        }
    }

    /** A new certificate for the same key is the same party, whether it connects, signs or decrypts with it. */
    private void keys() {
        Map<PublicKey, Party> owners = new HashMap<>();
        for (Party party : parties) {
            for (X509Certificate certificate : Stream.of(
                            party.tlsCertificates(), party.signingCertificates(), party.encryptionCertificates())
                    .flatMap(List::stream)
                    .toList()) {
                Party other = owners.putIfAbsent(certificate.getPublicKey(), party);
                if (other != null && !other.code().equals(party.code())) {
                    complain(other, party, "share a certificate or its key; each party has its own");
                }
            }
        }
    }

    private void addresses() {
        Map<String, Party> owners = new HashMap<>();
        for (Party party : parties) {
            Stream.of(party.address(), party.queries())
                    .flatMap(Optional::stream)
                    .map(PartiesApart::place)
                    .distinct()
                    .forEach(place -> {
                        Party other = owners.putIfAbsent(place, party);
                        if (other != null && (watched(other) || watched(party))) {
                            complain(
                                    other,
                                    party,
                                    "share an address; see also the settings chapar.parties.<CODE>.address");
                        }
                    });
        }
    }

    /** Agreements name parties and groups alike, so a group of this name would be the party. */
    private void groups() {
        Set<String> codes = parties.stream().map(party -> party.code().value()).collect(Collectors.toSet());
        for (Party party : parties) {
            party.groups().stream()
                    .filter(codes::contains)
                    .forEach(group -> complaints.add("parties.yaml:1: "
                            + (ForbiddenLinks.concerns(group) || watched(party) ? ForbiddenLinks.CODE + ": " : "")
                            + party.code() + " belongs to a group " + group
                            + ", which is a party's code; rename the group"));
        }
    }

    /** What is called, in one spelling. Two names of one machine cannot be told from here. */
    private static String place(URI address) {
        URI plain = address.normalize();
        String host = Optional.ofNullable(plain.getHost()).orElse("").toLowerCase(Locale.ROOT);
        String path = Optional.ofNullable(plain.getPath())
                .orElse("")
                .replaceAll("/+", "/")
                .replaceAll("/$", "");
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host) + ":"
                + (plain.getPort() < 0 ? HTTPS : plain.getPort()) + path;
    }

    private static boolean watched(Party party) {
        return ForbiddenLinks.concerns(party.code().value());
    }

    private void complain(Party one, Party other, String what) {
        String forbidden = watched(one) || watched(other) ? ForbiddenLinks.CODE + ": " : "";
        complaints.add("parties.yaml:1: " + forbidden + one.code() + " and " + other.code() + " " + what);
    }
}
