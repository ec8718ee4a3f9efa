package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups, on one connection that it makes again when it is lost. Used by one thread. When a commit's outcome is
 * unknown because the connection went, it asks the database for the group's last event instead of guessing.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long BETWEEN_LOOKS_MILLISECONDS = 250;

    private final Database database;
    private final CountDownLatch stop;
    private final Optional<WriteAheadLog> log;
    private @Nullable Writing writing;

    /** Something in the group, not the database, is at fault: whoever is innocent can still be written. */
    static final class OneAtFault extends Exception {
        private static final long serialVersionUID = 1L;

        OneAtFault(Exception cause) {
            super(cause);
        }

        /** Whether it may go well when it is tried again: another piece of work came first, in the same moment. */
        boolean passes() {
            return getCause() instanceof SQLException failed
                    && failed.getSQLState() != null
                    && failed.getSQLState().startsWith("40");
        }
    }

    Committer(Database database, CountDownLatch stop) {
        this.database = database;
        this.stop = stop;
        this.log = database.log();
    }

    /** Between two groups, when nobody waits for the last one any more. */
    void tidy() {
        log.ifPresent(WriteAheadLog::cutWhenLong);
    }

    /** Writes all of the group or nothing, and returns what is to be published, in the order of commit. */
    List<Ticket> commit(List<Pending<?>> group) throws SQLException, OneAtFault {
        Writing current = open();
        try {
            current.begin();
            guard(current, group);
            for (Pending<?> pending : group) {
                pending.write(current);
            }
            current.flush();
            for (Pending<?> pending : group) {
                pending.finish(current);
            }
            current.flush();
        } catch (SQLException | RuntimeException e) {
            undo(current);
            if (e instanceof SQLException failed && !faultOfTheGroup(failed)) {
                close();
                throw failed;
            }
            throw new OneAtFault(e);
        }
        try {
            current.connection().commit();
        } catch (SQLException e) {
            close();
            if (!isThere(current)) {
                throw e;
            }
        }
        return current.tickets();
    }

    private Writing open() throws SQLException {
        Writing open = writing;
        if (open == null) {
            open = new Writing(database.openWriter(), database);
            writing = open;
        }
        return open;
    }

    private static void guard(Writing current, List<Pending<?>> group) throws SQLException {
        Map<String, List<Pending<?>>> guards = new LinkedHashMap<>();
        for (Pending<?> pending : group) {
            pending.work()
                    .guard()
                    .ifPresent(sql -> guards.computeIfAbsent(sql, key -> new ArrayList<>())
                            .add(pending));
        }
        for (Map.Entry<String, List<Pending<?>>> guard : guards.entrySet()) {
            PreparedStatement statement = current.statement(guard.getKey());
            for (Pending<?> pending : guard.getValue()) {
                pending.work().bindGuard(current, statement);
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == Statement.SUCCESS_NO_INFO) {
                    throw new IllegalStateException("the database does not say how many rows a guard changed");
                }
                guard.getValue().get(i).guarded(counts[i] > 0);
            }
        }
    }

    private void undo(Writing current) {
        try {
            current.clear();
            current.connection().rollback();
        } catch (SQLException e) {
            LOG.warn("The connection is given up: {}", e.getMessage());
            close();
        }
    }

    /** Data that the database will not have, as opposed to a database that is locked, full or gone. */
    private static boolean faultOfTheGroup(SQLException e) {
        String state = e.getSQLState();
        if (state != null && !state.isEmpty()) {
            return Stream.of("22", "23", "40", "42").anyMatch(state::startsWith);
        }
        return switch (e.getErrorCode() & 0xff) {
            case 1, 18, 19, 20, 25 -> true; // SQLite: error, too big, constraint, mismatch, range
            default -> false;
        };
    }

    /** The lock that begins a group is only free when the lost transaction has ended, so the answer is final. */
    private boolean isThere(Writing lost) throws SQLException {
        if (!lost.wroteEvent()) {
            return false;
        }
        LOG.warn("The connection was lost while committing; looking for what became of it");
        while (true) {
            try (Connection connection = database.openWriter()) {
                Writing look = new Writing(connection, database);
                look.begin();
                boolean there = isEvent(look, lost.lastEvent(), lost.lastEventBytes());
                connection.rollback();
                LOG.info("The lost commit {}", there ? "took place" : "did not take place");
                return there;
            } catch (SQLException e) {
                LOG.debug("The database does not answer yet: {}", e.getMessage());
                if (stoppedMeanwhile()) {
                    throw e;
                }
            }
        }
    }

    private boolean stoppedMeanwhile() {
        try {
            return stop.await(BETWEEN_LOOKS_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isEvent(Writing look, long number, byte[] bytes) throws SQLException {
        PreparedStatement select = look.statement("select bytes from event where number = ?");
        select.setLong(1, number);
        try (ResultSet row = select.executeQuery()) {
            return row.next() && Arrays.equals(row.getBytes(1), bytes);
        }
    }

    void close() {
        Writing open = writing;
        writing = null;
        if (open != null) {
            try {
                open.connection().close();
            } catch (SQLException e) {
                LOG.warn("The connection did not close: {}", e.getMessage());
            }
        }
    }
}
