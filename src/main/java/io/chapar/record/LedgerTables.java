package io.chapar.record;

import io.chapar.ledger.LedgerStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's tables. Entries go through the same committer as all else, so they cost no commit of their own. On
 * PostgreSQL a lock that a connection holds says which node writes; should two ever try, the entries' numbers collide
 * and the second batch is not written. SQLite belongs to one process anyway.
 */
public final class LedgerTables implements LedgerStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTables.class);
    private static final String TRY_LOCK = "select pg_try_advisory_lock(4848271120252)";
    private static final int VALID_SECONDS = 2;

    private final Database database;
    private final GroupCommit commits;
    private final LedgerRows rows;
    private @Nullable Connection holder;
    private boolean askedInVain;

    LedgerTables(Database database, GroupCommit commits) {
        this.database = database;
        this.commits = commits;
        this.rows = new LedgerRows(database);
    }

    @Override
    public Optional<Head> head(long most) {
        return rows.head(most);
    }

    @Override
    public List<byte[]> events(long from, int max) {
        return rows.events(from, max);
    }

    @Override
    public void append(Batch batch) {
        commits.run(new AppendWork(batch));
    }

    /** Where the timestamps over the checkpoints lie; whoever writes the ledger also asks for them. */
    public TimestampTables timestamps() {
        return new TimestampTables(database, commits, this::ours);
    }

    /** Asked by the ledger's thread and by that of the timestamps. */
    @Override
    public synchronized boolean ours() {
        if (database.sqlite()) {
            return true;
        }
        try {
            boolean ours = holds();
            askedInVain = false;
            return ours;
        } catch (SQLException e) {
            if (!askedInVain) {
                LOG.warn(
                        "Whose turn it is to write the ledger cannot be asked, and is asked again: {}", e.getMessage());
            }
            askedInVain = true;
            return false;
        }
    }

    private boolean holds() throws SQLException {
        Connection held = holder;
        if (held != null && held.isValid(VALID_SECONDS)) {
            return true;
        }
        close();
        Connection fresh = database.openHolder();
        try (PreparedStatement lock = fresh.prepareStatement(TRY_LOCK);
                ResultSet row = lock.executeQuery()) {
            if (row.next() && row.getBoolean(1)) {
                holder = fresh;
                return true;
            }
        }
        fresh.close();
        return false;
    }

    @Override
    public synchronized void close() {
        Connection held = holder;
        holder = null;
        if (held != null) {
            try {
                held.close();
            } catch (SQLException e) {
                LOG.warn("A connection did not close: {}", e.getMessage());
            }
        }
    }

    private record AppendWork(Batch batch) implements Work<Boolean> {

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            PreparedStatement entry = writing.batch("insert into ledger_entry (number, leaf_hash) values (?, ?)");
            for (int i = 0; i < batch.leafHashes().size(); i++) {
                entry.setLong(1, batch.first() + i);
                entry.setBytes(2, batch.leafHashes().get(i));
                entry.addBatch();
            }
            PreparedStatement checkpoint = writing.batch(
                    "insert into ledger_checkpoint (size, root, frontier, note, at) values (?, ?, ?, ?, ?)");
            checkpoint.setLong(1, batch.first() + batch.leafHashes().size());
            checkpoint.setBytes(2, batch.root());
            checkpoint.setBytes(3, batch.frontier());
            checkpoint.setString(4, batch.note());
            checkpoint.setLong(5, Columns.micros(batch.at()));
            checkpoint.addBatch();
        }

        @Override
        public Boolean finish(Writing writing) {
            return true;
        }
    }
}
