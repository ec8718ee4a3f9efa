package io.chapar.record;

import io.chapar.ledger.LedgerSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the ledger's tables, beside a gateway or in one. */
public final class LedgerRows implements LedgerSource {

    private final Database database;

    public LedgerRows(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Head> head(long most) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select size, frontier from ledger_checkpoint where size <= ? order by size desc limit 1")) {
            select.setLong(1, most);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Head(row.getLong(1), row.getBytes(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new NotRecorded("the ledger cannot be read", e);
        }
    }

    @Override
    public List<byte[]> events(long from, int max) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select number, bytes from event where number >= ? order by number limit ?")) {
            select.setLong(1, from);
            select.setInt(2, max);
            List<byte[]> events = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) != from + events.size()) {
                        throw new IllegalStateException("event " + (from + events.size()) + " is missing");
                    }
                    events.add(row.getBytes(2));
                }
            }
            return events;
        } catch (SQLException e) {
            throw new NotRecorded("the events cannot be read", e);
        }
    }

    /** The newest checkpoint, as the ledger's key signed it; empty before the first. */
    public Optional<String> newestNote() {
        return one("select note from ledger_checkpoint order by size desc limit 1", row -> row.getString(1));
    }

    /** How many events there are, in the ledger already or on their way into it: the number of the next one. */
    public long recorded() {
        return one("select number from event order by number desc limit 1", row -> row.getLong(1) + 1)
                .orElse(0L);
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> one(String sql, Reading<T> reading) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(reading.of(row)) : Optional.empty();
        } catch (SQLException e) {
            throw new NotRecorded("the ledger cannot be read", e);
        }
    }
}
