package io.chapar.record;

import io.chapar.ledger.TimestampStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The timestamps' table. None of them is an event, or each would ask for the next. */
public final class TimestampTables implements TimestampStore {

    private static final String COVERED = "coalesce((select max(size) from ledger_timestamp), 0)";
    private static final String NEWEST =
            "select size, note from ledger_checkpoint where size > " + COVERED + " order by size desc limit 1";
    /** Should two nodes ever try, the first is as good as the second. */
    private static final String KEEP =
            "insert into ledger_timestamp (size, token, at) values (?, ?, ?) on conflict (size) do nothing";

    private final Database database;
    private final GroupCommit commits;
    private final BooleanSupplier ours;

    TimestampTables(Database database, GroupCommit commits, BooleanSupplier ours) {
        this.database = database;
        this.commits = commits;
        this.ours = ours;
    }

    @Override
    public Optional<Bare> newest() {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(new Bare(row.getLong(1), row.getString(2))) : Optional.empty();
        } catch (SQLException e) {
            throw new NotRecorded("the checkpoints cannot be read", e);
        }
    }

    @Override
    public Optional<Duration> oldestWaiting() {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement("select " + database.now()
                        + " - recorded_at from event where number >= " + COVERED + " order by number limit 1");
                ResultSet row = select.executeQuery()) {
            // A clock that was put back makes nothing older than new.
            return row.next()
                    ? Optional.of(Duration.of(Math.max(0, row.getLong(1)), ChronoUnit.MICROS))
                    : Optional.empty();
        } catch (SQLException e) {
            throw new NotRecorded("what waits for a timestamp cannot be read", e);
        }
    }

    @Override
    public void keep(long size, byte[] token, Instant at) {
        commits.run(new KeepWork(size, token, at));
    }

    @Override
    public boolean ours() {
        return ours.getAsBoolean();
    }

    private record KeepWork(long size, byte[] token, Instant at) implements Work<Boolean> {

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            PreparedStatement insert = writing.batch(KEEP);
            insert.setLong(1, size);
            insert.setBytes(2, token);
            insert.setLong(3, Columns.micros(at));
            insert.addBatch();
        }

        @Override
        public Boolean finish(Writing writing) {
            return true;
        }
    }
}
