package io.chapar.app.catalogue;

import io.chapar.app.reload.FilesRead;
import io.chapar.message.Digest;
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

    /** What stands before a new directory while the gateway runs. */
    @FunctionalInterface
    public interface Entrance {

        /**
         * Is told of each directory just before it comes into force.
         *
         * @param digest of the files that say it
         * @throws CatalogueRefused when a running gateway cannot take it
         */
        void pass(List<Party> parties, Digest digest);
    }

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
    public synchronized boolean reload(Entrance entrance) {
        try {
            List<Party> parties = file.read();
            Directory fresh = directory(parties);
            entrance.pass(parties, file.filesRead().digest());
            directory = fresh;
            LOG.info(
                    "the party directory was read anew: {} parties",
                    directory.parties().size());
            return true;
        } catch (CatalogueRefused e) {
            LOG.warn("the new party directory is not taken, the old one stays: {}", String.join("; ", e.complaints()));
            return false;
        }
    }

    /** Of the last reading, taken or not. */
    public FilesRead filesRead() {
        return file.filesRead();
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
