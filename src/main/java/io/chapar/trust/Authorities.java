package io.chapar.trust;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom a path may lead to, and over whom: anchors, which are self-issued, and authorities below them. */
public final class Authorities {

    private final List<X509Certificate> all;
    private final Set<TrustAnchor> anchors;
    private final List<X509Certificate> intermediates;

    private Authorities(List<X509Certificate> all, Set<TrustAnchor> anchors, List<X509Certificate> intermediates) {
        this.all = List.copyOf(all);
        this.anchors = anchors;
        this.intermediates = intermediates;
    }

    /** @throws IllegalArgumentException when there is no anchor among them */
    public static Authorities of(List<X509Certificate> certificates) {
        Set<TrustAnchor> anchors = certificates.stream()
                .filter(Authorities::isSelfIssued)
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("without an anchor nobody could be trusted");
        }
        return new Authorities(
                certificates,
                anchors,
                certificates.stream()
                        .filter(authority -> !isSelfIssued(authority))
                        .toList());
    }

    List<X509Certificate> all() {
        return all;
    }

    Set<TrustAnchor> anchors() {
        return anchors;
    }

    List<X509Certificate> intermediates() {
        return intermediates;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    @Override
    public String toString() {
        return anchors.size() + " anchors, " + intermediates.size() + " below them";
    }
}
