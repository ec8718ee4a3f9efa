package io.chapar.app.catalogue;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The party directory, which may be read anew while the gateway runs; a broken new one does not replace the old one. */
public final class ReloadableParties implements PartyDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadableParties.class);

    /** One reading of the file, whole. */
    private record Directory(
            Map<PartyCode, Party> parties, Map<X509Certificate, Party> byTls, Map<X509Certificate, Party> bySigning) {}

    private final PartyFile file;
    private volatile Directory directory;

    /** @throws CatalogueRefused when the first reading is broken: there is no old one to keep */
    public ReloadableParties(PartyFile file) {
        this.file = file;
        this.directory = directory(file.read());
    }

    /** Reads the file anew. Whether it was taken; if not, the old directory stays and a warning says why. */
    public boolean reload() {
        try {
            directory = directory(file.read());
            LOG.info(
                    "the party directory was read anew: {} parties",
                    directory.parties().size());
            return true;
        } catch (CatalogueRefused e) {
            LOG.warn("the new party directory is not taken, the old one stays: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public Optional<Party> party(PartyCode code) {
        return Optional.ofNullable(directory.parties().get(code));
    }

    @Override
    public Optional<Party> byTlsCertificate(X509Certificate certificate) {
        return Optional.ofNullable(directory.byTls().get(certificate));
    }

    @Override
    public Optional<Party> bySigningCertificate(X509Certificate certificate) {
        return Optional.ofNullable(directory.bySigning().get(certificate));
    }

    @Override
    public Collection<Party> all() {
        return directory.parties().values();
    }

    private static Directory directory(List<Party> parties) {
        PartiesApart.check(parties);
        Map<PartyCode, Party> byCode = new TreeMap<>();
        Map<X509Certificate, Party> tls = new HashMap<>();
        Map<X509Certificate, Party> signing = new HashMap<>();
        for (Party party : parties) {
            byCode.put(party.code(), party);
            party.tlsCertificates().forEach(certificate -> tls.put(certificate, party));
            party.signingCertificates().forEach(certificate -> signing.put(certificate, party));
        }
        return new Directory(byCode, tls, signing);
    }
}
