package io.chapar.app.reload;

import io.chapar.message.Digest;
import io.chapar.trust.Authorities;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the authorities that are trusted, which may be read anew; a broken new one does not replace the old one. */
public final class AuthorityFile {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFile.class);

    private final Path file;
    private final List<X509Certificate> atStart;
    private FilesRead read;

    /** @throws IOException when the first reading is broken: there is no old one to keep */
    public AuthorityFile(Path file) throws IOException {
        this.file = file;
        this.read = reading();
        this.atStart = PemFiles.certificates(file);
    }

    /** The certificates of the first reading. */
    public List<X509Certificate> atStart() {
        return atStart;
    }

    private FilesRead reading() {
        FilesRead fresh = new FilesRead();
        fresh.reading(file);
        return fresh;
    }

    /**
     * Reads the file anew. Whether it was taken; if not, the old authorities stay and a warning says why.
     *
     * @param paths that lead to the new ones from now on
     * @param before is told of new ones just before they are in force
     */
    public synchronized boolean reload(CertificatePaths paths, Consumer<Digest> before) {
        read = reading();
        try {
            Authorities fresh = Authorities.of(PemFiles.certificates(file));
            before.accept(read.digest());
            paths.trust(fresh);
            LOG.info("the authorities were read anew: {}", fresh);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the new authorities are not taken, the old ones stay: {}", e.getMessage());
            return false;
        }
    }

    /** Of the last reading, taken or not. */
    public synchronized FilesRead filesRead() {
        return read;
    }
}
