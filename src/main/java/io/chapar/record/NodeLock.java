package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's number, and the connection that proves that the node lives. */
final class NodeLock implements AutoCloseable {

    /** Of all locks of nodes. */
    static final int CLASS = 484_827_112;

    private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);
    private static final int VALID_SECONDS = 2;
    private static final String TAKEN = "55P03";
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(4848271120253)";
    private static final String REGISTER = "insert into node (number, id)"
            + " select coalesce(max(number), 0) + 1, ? from node on conflict (id) do nothing";
    private static final String NUMBER = "select number from node where id = ?";
    /** As long as the connection waits for any lock. */
    private static final String WAIT = "select true from pg_advisory_lock(" + CLASS + ", ?)";

    private static final String TRY = "select pg_try_advisory_lock(" + CLASS + ", ?)";

    /** Of those who share a broker; it lives as long as one of them. */
    private static final String SHARE = "select pg_advisory_lock_shared(" + CLASS + ", 0)";

    private static final String COMPARING = "select pg_advisory_lock(4848271120254)";

    private final Database database;
    private final UUID self;
    private final boolean sharedBroker;
    private int number;
    private @Nullable Connection holder;

    NodeLock(Database database, UUID self, boolean sharedBroker) {
        this.database = database;
        this.self = self;
        this.sharedBroker = sharedBroker;
    }

    synchronized int number() {
        return number;
    }

    /** Waits a while for a process that was this node and is about to be gone. */
    synchronized int join() {
        try {
            number = registered();
            take(WAIT);
            return number;
        } catch (SQLException e) {
            if (TAKEN.equals(e.getSQLState())) {
                throw new IllegalStateException(
                        "another process is node " + number + " of this database: each node"
                                + " needs a data folder of its own that is no copy of another's; if this one is a copy,"
                                + " delete the file node in it",
                        e);
            }
            throw new NotRecorded("this node cannot take its place among those that share the database", e);
        }
    }

    private int registered() throws SQLException {
        try (Connection connection = database.openWriter()) {
            try (PreparedStatement lock = connection.prepareStatement(ONE_AT_A_TIME);
                    PreparedStatement insert = connection.prepareStatement(REGISTER);
                    PreparedStatement select = connection.prepareStatement(NUMBER)) {
                lock.executeQuery().close();
                insert.setBytes(1, Columns.id(self));
                insert.executeUpdate();
                select.setBytes(1, Columns.id(self));
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    int found = row.getInt(1);
                    connection.commit();
                    return found;
                }
            }
        }
    }

    /** Whether this node holds its lock, taken again if its connection was lost; false while another process has it. */
    synchronized boolean held() throws SQLException {
        Connection held = holder;
        if (held != null && held.isValid(VALID_SECONDS)) {
            return true;
        }
        close();
        return take(TRY);
    }

    private boolean take(String sql) throws SQLException {
        Connection fresh = database.openWriter();
        try {
            fresh.setAutoCommit(true);
            try (PreparedStatement lock = fresh.prepareStatement(sql)) {
                lock.setInt(1, number);
                try (ResultSet row = lock.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        share(fresh);
                        holder = fresh;
                        return true;
                    }
                }
            }
        } catch (SQLException e) {
            closeQuietly(fresh);
            throw e;
        }
        closeQuietly(fresh);
        return false;
    }

    /** Waits for its turn among the nodes. */
    void alone(Runnable work) {
        try (Connection connection = database.openWriter();
                PreparedStatement turn = connection.prepareStatement(COMPARING)) {
            connection.setAutoCommit(true);
            try (PreparedStatement patient = connection.prepareStatement("set lock_timeout = 0")) {
                patient.execute();
            }
            turn.executeQuery().close();
            work.run();
        } catch (SQLException e) {
            throw new NotRecorded("whose turn it is to compare record and broker cannot be asked", e);
        }
    }

    private void share(Connection connection) throws SQLException {
        if (sharedBroker) {
            try (PreparedStatement lock = connection.prepareStatement(SHARE)) {
                lock.executeQuery().close();
            }
        }
    }

    @Override
    public synchronized void close() {
        Connection held = holder;
        holder = null;
        if (held != null) {
            closeQuietly(held);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("A connection did not close: {}", e.getMessage());
        }
    }
}
