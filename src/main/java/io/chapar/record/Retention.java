package io.chapar.record;

import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys what was kept as long as its agreement says: the key of an exchange and day, once that day is over. Nothing
 * brings it back, so a clock that is set wrong must not do it: where timestamps are made, a day is over when one of them
 * proves a later one. It is recorded first; a crash in between is made good by the next look, or the next start.
 */
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final String NEWEST_TIMESTAMP = "select max(at) from ledger_timestamp";

    private final Database database;
    private final GroupCommit commits;
    private final PayloadKeys keys;
    private final Clock clock;
    private final boolean timestamped;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "chapar-retention");
        thread.setDaemon(true);
        return thread;
    });

    Retention(Database database, GroupCommit commits, PayloadKeys keys, Clock clock, boolean timestamped) {
        this.database = database;
        this.commits = commits;
        this.keys = keys;
        this.clock = clock;
        this.timestamped = timestamped;
    }

    public void start(Duration every) {
        var unused = ticks.scheduleWithFixedDelay(this::lookQuietly, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookQuietly() {
        try {
            List<String> destroyed = destroyDue();
            if (!destroyed.isEmpty()) {
                LOG.info("kept long enough: {} keys are destroyed, {}", destroyed.size(), destroyed);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever is thrown from here would end the looking for ever.
            LOG.warn("what was kept long enough could not be destroyed; it is tried again", e);
        }
    }

    /** Returns the names of the keys that are gone now. */
    List<String> destroyDue() throws IOException {
        Optional<LocalDate> today = today();
        List<String> over = today.isPresent() ? keys.over(today.get()) : List.of();
        for (String name : over) {
            commits.run(new DestroyedKeys.Destruction(name, clock.instant(), "retention"));
        }
        keys.destroy(over);
        return over;
    }

    private Optional<LocalDate> today() {
        Instant now = clock.instant();
        if (!timestamped) {
            return Optional.of(day(now));
        }
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(NEWEST_TIMESTAMP);
                ResultSet row = select.executeQuery()) {
            row.next();
            long proven = row.getLong(1);
            return row.wasNull()
                    ? Optional.empty()
                    : Optional.of(day(Columns.time(proven).isBefore(now) ? Columns.time(proven) : now));
        } catch (SQLException e) {
            throw new NotRecorded("the timestamps cannot be read", e);
        }
    }

    /** As the last day was reckoned when the message was accepted. */
    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            if (!ticks.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("keys are still being destroyed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
