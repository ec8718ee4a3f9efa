package io.chapar.ledger;

import io.chapar.trust.NoteKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Computes the whole ledger anew from the database alone, believing nothing that is stored: each event against its
 * entry, each checkpoint against the tree and its signature. It ends at the first entry that does not fit.
 */
public final class LedgerVerification {

    private static final int FETCHED = 1_000;

    /** What else is held against each event, in the order of the ledger. */
    public interface EachEvent {

        /** @return what does not fit, if anything */
        Optional<String> check(long number, byte[] event) throws SQLException;

        /** Called after the last event. */
        Optional<String> end() throws SQLException;
    }

    /**
     * What was found.
     *
     * @param entries that were checked and fit
     * @param pending events that no checkpoint covers yet
     * @param at the entry that does not fit
     * @param fault what about it does not fit; empty when all is well
     */
    public record Finding(long entries, long checkpoints, long pending, long at, Optional<String> fault) {}

    private final DataSource database;
    private final String origin;
    private final String verifierKey;

    public LedgerVerification(DataSource database, String origin, String verifierKey) {
        this.database = database;
        this.origin = origin;
        this.verifierKey = verifierKey;
    }

    /** Makes a further check on the connection from which everything is read. */
    public interface OnConnection {
        EachEvent open(Connection connection) throws SQLException;
    }

    public Finding verify(OnConnection further) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (!connection.getMetaData().getURL().startsWith("jdbc:sqlite")) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            try {
                return verify(connection, further.open(connection));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Finding verify(Connection connection, EachEvent further) throws SQLException {
        try (PreparedStatement events = select(connection, "select number, bytes from event order by number");
                PreparedStatement entries =
                        select(connection, "select number, leaf_hash from ledger_entry order by number");
                PreparedStatement checkpoints =
                        select(connection, "select size, root, frontier, note from ledger_checkpoint order by size");
                ResultSet event = events.executeQuery();
                ResultSet entry = entries.executeQuery();
                ResultSet checkpoint = checkpoints.executeQuery()) {
            return new Walk(event, entry, checkpoint, further).walk();
        }
    }

    private static PreparedStatement select(Connection connection, String sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(FETCHED);
        return select;
    }

    /** Goes along events, entries and checkpoints side by side. */
    private final class Walk {
        private final ResultSet event;
        private final ResultSet entry;
        private final ResultSet checkpoint;
        private final EachEvent further;
        private final Frontier tree = Frontier.empty();
        private long checkpoints;
        private long lastSize;
        private boolean moreCheckpoints;

        Walk(ResultSet event, ResultSet entry, ResultSet checkpoint, EachEvent further) {
            this.event = event;
            this.entry = entry;
            this.checkpoint = checkpoint;
            this.further = further;
        }

        Finding walk() throws SQLException {
            moreCheckpoints = checkpoint.next();
            boolean moreEvents = event.next();
            boolean moreEntries = entry.next();
            while (moreEntries) {
                long number = tree.size();
                Optional<String> fault = moreEvents ? entryFault(number) : Optional.of("its event is missing");
                if (fault.isPresent()) {
                    return found(number, fault.get());
                }
                tree.append(entry.getBytes(2));
                Optional<String> beside = further.check(number, event.getBytes(2));
                if (beside.isPresent()) {
                    return found(number, beside.get());
                }
                Optional<String> wrong = checkpointFault();
                if (wrong.isPresent()) {
                    return found(number, wrong.get());
                }
                moreEvents = event.next();
                moreEntries = entry.next();
            }
            if (moreCheckpoints) {
                return found(
                        tree.size(),
                        "a checkpoint counts " + checkpoint.getLong(1) + " entries, but this one"
                                + " and what follows it are missing");
            }
            if (tree.size() > lastSize) {
                return found(lastSize, "no checkpoint covers the entry");
            }
            return pending(moreEvents);
        }

        private Finding pending(boolean moreEvents) throws SQLException {
            long pending = 0;
            for (boolean more = moreEvents; more; more = event.next()) {
                long number = tree.size() + pending;
                if (event.getLong(1) != number) {
                    return found(number, "its event is missing");
                }
                Optional<String> fault = further.check(number, event.getBytes(2));
                if (fault.isPresent()) {
                    return found(number, fault.get());
                }
                pending++;
            }
            Optional<String> end = further.end();
            return new Finding(tree.size(), checkpoints, pending, tree.size() + pending, end);
        }

        private Optional<String> entryFault(long number) throws SQLException {
            if (entry.getLong(1) != number) {
                return Optional.of("the entry is missing");
            }
            if (event.getLong(1) != number) {
                return Optional.of("its event is missing");
            }
            return Arrays.equals(entry.getBytes(2), Merkle.leaf(event.getBytes(2)))
                    ? Optional.empty()
                    : Optional.of("its event is not the one that was entered");
        }

        private Optional<String> checkpointFault() throws SQLException {
            if (!moreCheckpoints || checkpoint.getLong(1) > tree.size()) {
                return Optional.empty();
            }
            if (checkpoint.getLong(1) < tree.size()) {
                return Optional.of("a checkpoint of size " + checkpoint.getLong(1) + " does not belong here");
            }
            byte[] root = tree.root();
            if (!Arrays.equals(checkpoint.getBytes(2), root) || !Arrays.equals(checkpoint.getBytes(3), tree.bytes())) {
                return Optional.of("the tree up to it has not the root of its checkpoint");
            }
            String text = new Checkpoint(origin, tree.size(), root).text();
            if (!NoteKey.verifies(checkpoint.getString(4), text, verifierKey)) {
                return Optional.of("the checkpoint after it is not signed by the ledger's key");
            }
            checkpoints++;
            lastSize = tree.size();
            moreCheckpoints = checkpoint.next();
            return Optional.empty();
        }

        private Finding found(long at, String fault) {
            return new Finding(tree.size(), checkpoints, 0, at, Optional.of(fault));
        }
    }
}
