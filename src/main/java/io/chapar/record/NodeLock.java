package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
    private static final String WAIT = "select pg_advisory_lock(" + CLASS + ", ?)";
    private static final String PATIENCE = "select set_config('lock_timeout', ?, false)";

    /** Longer than a process that is frozen keeps it. */
    private static final Duration AT_START = Postgres.LAPSE.plusSeconds(3);

    /** Whoever takes something over has it for the blink of an eye. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** Of those who share a broker; it lives as long as one of them. */
    private static final String SHARE = "select pg_advisory_lock_shared(" + CLASS + ", 0)";

    private static final String COMPARING = "select pg_try_advisory_lock(4848271120254)";

    private final Database database;
    private final UUID self;
    private final boolean sharedBroker;
    private int number;
    private @Nullable Connection holder;
    private boolean closed;
    /** While this node compares record and broker. */
    private volatile @Nullable Connection comparing;

    NodeLock(Database database, UUID self, boolean sharedBroker) {
        this.database = database;
        this.self = self;
        this.sharedBroker = sharedBroker;
    }

    synchronized int number() {
        return number;
    }

    /** Waits a while for a process that was this node and is about to be gone. */
    int join() {
        return join(AT_START);
    }

    synchronized int join(Duration patience) {
        try {
            number = registered();
            if (take(patience)) {
                return number;
            }
        } catch (SQLException e) {
            throw new NotRecorded("this node cannot take its place among those that share the database", e);
        }
        throw new IllegalStateException("another process is node " + number + " of this database: each node"
                + " needs a data folder of its own that is no copy of another's; if this one is a copy,"
                + " delete the file node in it");
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

    /**
     * Whether this node holds its lock, taken again if its connection was lost; false while another process has it. To be
     * asked often: the lock of a node that says nothing lapses.
     */
    synchronized boolean held() throws SQLException {
        if (closed) {
            return false;
        }
        long asked = System.nanoTime();
        stay(comparing);
        if (stay(holder)) {
            database.tenure().seen(asked);
            return true;
        }
        drop();
        boolean displaced = database.tenure().complaint().isPresent();
        if (take(AGAIN)) {
            LOG.warn("node {} had lost its lock in the database for a moment, and has it again", number);
            return true;
        }
        database.tenure().displaced();
        if (!displaced) {
            LOG.error("node {} stops: {}", number, database.tenure().complaint().orElseThrow());
        }
        return false;
    }

    private static boolean stay(@Nullable Connection connection) throws SQLException {
        return connection != null && connection.isValid(VALID_SECONDS);
    }

    private boolean take(Duration patience) throws SQLException {
        Connection fresh = database.openHolder();
        try (PreparedStatement patient = fresh.prepareStatement(PATIENCE);
                PreparedStatement lock = fresh.prepareStatement(WAIT)) {
            patient.setString(1, patience.toMillis() + "ms");
            patient.executeQuery().close();
            lock.setInt(1, number);
            lock.executeQuery().close();
            share(fresh);
            database.tenure().begun();
            holder = fresh;
            return true;
        } catch (SQLException e) {
            closeQuietly(fresh);
            if (TAKEN.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Whether it was this node's turn, and the work is done; it does not wait for another node's. */
    boolean alone(Runnable work) {
        try (Connection connection = database.openHolder();
                PreparedStatement turn = connection.prepareStatement(COMPARING);
                ResultSet row = turn.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                return false;
            }
            comparing = connection;
            work.run();
            return true;
        } catch (SQLException e) {
            throw new NotRecorded("whether it is this node's turn to compare record and broker is not known", e);
        } finally {
            comparing = null;
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
        closed = true;
        drop();
    }

    private void drop() {
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
