package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One group's transaction: its numbers, its batches, and the statements that are kept from group to group. */
final class Writing {

    /** Changes nothing, but from here on no one else writes: what is read next stays true until the commit. */
    private static final String TAKE_WRITE_LOCK = "delete from ledger_checkpoint where size < 0";

    private static final String NUMBERS =
            "select coalesce((select max(number) from event), -1)," + " coalesce((select max(number) from message), 0)";

    private final Connection connection;
    private final Database database;
    private final String insertEvent;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Set<String> batched = new LinkedHashSet<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private long lastEvent;
    private long lastMessage;
    private byte[] lastEventBytes = new byte[0];
    private boolean wroteEvent;

    Writing(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
        this.insertEvent = "insert into event (number, bytes, recorded_at) values (?, ?, " + database.now() + ")";
    }

    /** Of what begins to wait now. */
    int carrier() {
        return database.carrier();
    }

    Connection connection() {
        return connection;
    }

    /**
     * Begins a transaction in which this node alone, of all nodes, hands out numbers: so that events are numbered
     * without a gap and in the order of commit.
     */
    void begin() throws SQLException {
        tickets.clear();
        batched.clear();
        wroteEvent = false;
        if (database.sqlite()) {
            statement(TAKE_WRITE_LOCK).executeUpdate();
        } else {
            try (ResultSet locked = query("select pg_advisory_xact_lock(4848271120251)")) {
                locked.next();
            }
        }
        try (ResultSet row = query(NUMBERS)) {
            row.next();
            lastEvent = row.getLong(1);
            lastMessage = row.getLong(2);
        }
    }

    /** A statement of this connection, made once. */
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement kept = statements.get(sql);
        if (kept == null) {
            kept = connection.prepareStatement(sql);
            statements.put(sql, kept);
        }
        return kept;
    }

    /** A statement whose bound rows are run with the rest of the group; the caller binds and adds to the batch. */
    PreparedStatement batch(String sql) throws SQLException {
        batched.add(sql);
        return statement(sql);
    }

    void flush() throws SQLException {
        for (String sql : batched) {
            statement(sql).executeBatch();
        }
        batched.clear();
    }

    private ResultSet query(String sql) throws SQLException {
        return statement(sql).executeQuery();
    }

    long nextMessage() {
        return ++lastMessage;
    }

    void event(EventBytes event) throws SQLException {
        byte[] bytes = event.bytes();
        PreparedStatement insert = batch(insertEvent);
        insert.setLong(1, ++lastEvent);
        insert.setBytes(2, bytes);
        insert.addBatch();
        lastEventBytes = bytes;
        wroteEvent = true;
    }

    void ticket(Ticket ticket) {
        tickets.add(ticket);
    }

    List<Ticket> tickets() {
        return List.copyOf(tickets);
    }

    boolean wroteEvent() {
        return wroteEvent;
    }

    long lastEvent() {
        return lastEvent;
    }

    byte[] lastEventBytes() {
        return lastEventBytes;
    }

    /** Forgets whatever was bound and not run. */
    void clear() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.clearBatch();
        }
    }
}
