package io.chapar.ledger;

import io.chapar.trust.TimestampRefused;
import io.chapar.trust.TimestampTokens;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Holds every timestamp against the checkpoint that it is over; beside it, whatever else is held against the events. */
public final class TimestampVerification implements LedgerVerification.OnConnection {

    private static final int FETCHED = 100;

    private final TimestampTokens tokens;
    private final LedgerVerification.OnConnection further;
    private long stamped;
    private Optional<Instant> at = Optional.empty();

    public TimestampVerification(TimestampTokens tokens, LedgerVerification.OnConnection further) {
        this.tokens = tokens;
        this.further = further;
    }

    /** So many entries, from the first on, are under a timestamp that was verified. */
    public long stamped() {
        return stamped;
    }

    /** The time that the newest of them proves. */
    public Optional<Instant> at() {
        return at;
    }

    @Override
    public LedgerVerification.EachEvent open(Connection connection) throws SQLException {
        PreparedStatement select = connection.prepareStatement("select t.size, t.token, t.at, c.note"
                + " from ledger_timestamp t left join ledger_checkpoint c on c.size = t.size order by t.size");
        select.setFetchSize(FETCHED);
        return new Walk(select.executeQuery(), further.open(connection));
    }

    private final class Walk implements LedgerVerification.EachEvent {
        private final ResultSet timestamp;
        private final LedgerVerification.EachEvent beside;
        private boolean more;

        /** @param timestamp is closed with its connection */
        Walk(ResultSet timestamp, LedgerVerification.EachEvent beside) throws SQLException {
            this.timestamp = timestamp;
            this.beside = beside;
            this.more = timestamp.next();
        }

        @Override
        public Optional<String> check(long number, byte[] event) throws SQLException {
            Optional<String> fault = beside.check(number, event);
            if (fault.isPresent() || !more || timestamp.getLong(1) > number + 1) {
                return fault;
            }
            String note = timestamp.getString(4);
            if (note == null || timestamp.getLong(1) <= number) {
                return Optional.of("a timestamp of size " + timestamp.getLong(1) + " belongs to no checkpoint");
            }
            return tokenFault(note);
        }

        private Optional<String> tokenFault(String note) throws SQLException {
            try {
                Instant proven = tokens.verify(timestamp.getBytes(2), note.getBytes(StandardCharsets.UTF_8));
                if (!proven.equals(Instant.EPOCH.plus(timestamp.getLong(3), ChronoUnit.MICROS))) {
                    return Optional.of("the timestamp of its checkpoint proves another time");
                }
                stamped = timestamp.getLong(1);
                at = Optional.of(proven);
            } catch (TimestampRefused e) {
                return Optional.of("the timestamp of its checkpoint does not verify: " + e.getMessage());
            }
            more = timestamp.next();
            return Optional.empty();
        }

        @Override
        public Optional<String> end() throws SQLException {
            return more
                    ? Optional.of("a timestamp counts " + timestamp.getLong(1) + " entries, and there are less")
                    : beside.end();
        }
    }
}
