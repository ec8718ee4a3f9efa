package io.chapar.message;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The parties of one test; a list that is changed changes the directory. */
public record FewParties(List<Party> all) implements PartyDirectory {

    @Override
    public Optional<Party> party(PartyCode code) {
        return all.stream().filter(party -> party.code().equals(code)).findFirst();
    }

    @Override
    public Optional<Party> byTlsCertificate(X509Certificate certificate) {
        return all.stream()
                .filter(party -> party.tlsCertificates().contains(certificate))
                .findFirst();
    }

    @Override
    public Optional<Party> bySigningCertificate(X509Certificate certificate) {
        return all.stream()
                .filter(party -> party.signingCertificates().contains(certificate))
                .findFirst();
    }
}
