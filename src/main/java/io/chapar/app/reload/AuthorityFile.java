package io.chapar.app.reload;

import io.chapar.message.Digest;
import io.chapar.trust.Authorities;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the authorities that are trusted, which may be read anew; a broken new one does not replace the old one. */
public final class AuthorityFile {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFile.class);

    private final Path file;
    private final CertificatePaths paths;
    private final Consumer<Digest> before;
    private FilesRead read;

    /**
     * @param paths that lead to the authorities as the file says them now
     * @param before is told of new ones just before they are in force
     */
    public AuthorityFile(Path file, CertificatePaths paths, Consumer<Digest> before) {
        this.file = file;
        this.paths = paths;
        this.before = before;
        this.read = reading();
    }

    private FilesRead reading() {
        FilesRead fresh = new FilesRead();
        fresh.reading(file);
        return fresh;
    }

    /** Reads the file anew. Whether it was taken; if not, the old authorities stay and a warning says why. */
    public synchronized boolean reload() {
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

    public synchronized FilesRead filesRead() {
        return read;
    }
}
