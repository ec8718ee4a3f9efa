package io.chapar.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * What SQLite has committed and not yet written into its file. It begins anew when a commit finds no reader that still needs
 * it; while readers come one after the other without a gap, that never happens, and it would grow until the disk is full.
 * Used by the thread that commits.
 */
final class WriteAheadLog {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

    /** Commits wait so long for readers, and then for what is still to be written; a reader that takes longer is let finish. */
    private static final int PATIENCE_MILLISECONDS = 100;

    /** So many times longer than when it should have been cut. */
    private static final int FAR_TOO_LONG = 8;

    private final Path database;
    private final Path log;
    private final long longest;
    private final Duration again;
    private long next = System.nanoTime();
    private boolean told;

    /**
     * @param longest bytes at which it is cut
     * @param again between two attempts
     */
    WriteAheadLog(Path database, long longest, Duration again) {
        this.database = database;
        this.log = database.resolveSibling(database.getFileName() + "-wal");
        this.longest = longest;
        this.again = again;
    }

    /** Readers that begin from now on need it no more; those before are waited for. */
    void cutWhenLong() {
        long length = log.toFile().length();
        if (length < longest || System.nanoTime() - next < 0) {
            return;
        }
        next = System.nanoTime() + again.toNanos();
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(PATIENCE_MILLISECONDS);
        try (Connection connection = DriverManager.getConnection(Database.SQLITE + database, settings.toProperties());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
            boolean busy = row.next() && row.getInt("busy") != 0;
            if (busy && !told && length > FAR_TOO_LONG * longest) {
                LOG.warn(
                        "The write-ahead log has {} MB by now, since some readers always still need it. Each start reads all of"
                                + " it. Find out who reads the record without a pause",
                        length >> 20);
            }
            told = busy && (told || length > FAR_TOO_LONG * longest);
        } catch (SQLException e) {
            LOG.warn("The write-ahead log cannot be cut: {}", e.getMessage());
        }
    }
}
