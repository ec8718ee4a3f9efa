package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.Header;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.trust.PayloadKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The clocks that run: which of them are due, and when to look again. */
final class Clocks {

    static final String DUE = "select c.message, c.due, c.notice, s.number, s.message_id, s.sender, s.exchange,"
            + " s.version, s.conversation_id, s.format, s.door, s.key_name, s.wrapped_key, t.sealed, o.message_id as"
            + " original_id from clock c join message s on s.number = c.source join message o on o.number = c.message"
            + " join content t on t.message = s.number and t.part = 0"
            + " where c.state = 0 and c.due <= ? and (c.due, c.message) > (?, ?)"
            + " order by c.due, c.message limit ?";
    private static final String NEXT = "select min(due) from clock where state = 0 and due > ?";
    private static final String RUN_OUT =
            "update clock set state = 2, changed_at = ? where message = ? and state = 0 and due <= ?";

    private static final String RUNS = "select 1 from clock where message = ? and state = 0 and due <= ?";
    private static final String NOTICE_SENT =
            "update clock set state = 2, changed_at = ? where notice = ? and state = 0";

    private final Database database;
    private final GroupCommit commits;
    private final PayloadKeys keys;

    Clocks(Database database, GroupCommit commits, PayloadKeys keys) {
        this.database = database;
        this.commits = commits;
        this.keys = keys;
    }

    List<DueClock> due(Instant now, Optional<DueClock> after, int max) {
        long afterDue = after.map(clock -> Columns.micros(clock.due())).orElse(Long.MIN_VALUE);
        List<DueClock> found = new ArrayList<>();
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setLong(1, Columns.micros(now));
            select.setLong(2, afterDue);
            select.setLong(3, after.map(DueClock::number).orElse(-1L));
            select.setInt(4, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new NotRecorded("the clocks cannot be read", e);
        }
    }

    private DueClock read(ResultSet row) throws SQLException {
        Identity identity = new Identity(
                new PartyCode(row.getString("sender")),
                Columns.id(row, "message_id"),
                new ExchangeVersion(row.getString("exchange"), row.getString("version")));
        return new DueClock(
                row.getLong("message"),
                Columns.id(row, "notice"),
                Columns.time(row, "due"),
                identity.exchange(),
                identity.sender(),
                Columns.id(row, "original_id"),
                Columns.id(row, "conversation_id"),
                Passage.Door.values()[row.getInt("door")],
                Format.values()[row.getInt("format")],
                content(identity, row.getString("key_name"), row.getBytes("wrapped_key"), row.getBytes("sealed")));
    }

    private Supplier<Optional<byte[]>> content(Identity identity, String keyName, byte[] wrappedKey, byte[] sealed) {
        return () -> opened(identity, keyName, wrappedKey, sealed);
    }

    private Optional<byte[]> opened(Identity identity, String keyName, byte[] wrappedKey, byte[] sealed) {
        try {
            return Optional.of(keys.unwrap(keyName, wrappedKey).open(sealed, identity.part(0)));
        } catch (PayloadKeys.KeyMissing e) {
            return Optional.empty();
        }
    }

    /** Whether it is still to be told of: false when it was stopped or moved meanwhile, or another node was first. */
    boolean isDue(DueClock clock, Instant now) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(RUNS)) {
            select.setLong(1, clock.number());
            select.setLong(2, Columns.micros(now));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new NotRecorded("the clocks cannot be read", e);
        }
    }

    Optional<Instant> next(Instant now) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(NEXT)) {
            select.setLong(1, Columns.micros(now));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long due = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(Columns.time(due));
            }
        } catch (SQLException e) {
            throw new NotRecorded("the clocks cannot be read", e);
        }
    }

    /** Some of what is older than this and can matter to no clock; how many were forgotten. */
    int forget(Instant before) {
        return commits.run(new ForgetWork(Columns.micros(before)));
    }

    /** False when it was stopped meanwhile, or another node was first. */
    boolean ranOut(DueClock clock, Instant now) {
        return commits.run(new RunOutWork(clock, Columns.micros(now), now));
    }

    /** The message that a clock sends is accepted: the clock has run out, in the same transaction. */
    static void noticeSent(Writing writing, Header notice, Instant at) throws SQLException {
        PreparedStatement update = writing.statement(NOTICE_SENT);
        update.setLong(1, Columns.micros(at));
        update.setBytes(2, Columns.id(notice.messageId()));
        update.executeUpdate();
        writing.event(EventBytes.of("clock-ran-out", at)
                .id("notice", notice.messageId())
                .id("conversationId", notice.conversationId()));
    }

    private record RunOutWork(DueClock clock, long micros, Instant now, boolean[] changed) implements Work<Boolean> {

        RunOutWork(DueClock clock, long micros, Instant now) {
            this(clock, micros, now, new boolean[1]);
        }

        @Override
        public Optional<String> guard() {
            return Optional.of(RUN_OUT);
        }

        @Override
        public void bindGuard(Writing writing, PreparedStatement update) throws SQLException {
            update.setLong(1, micros);
            update.setLong(2, clock.number());
            update.setLong(3, micros);
        }

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            changed[0] = guarded;
            if (guarded) {
                writing.event(EventBytes.of("clock-ran-out", now)
                        .id("messageId", clock.messageId())
                        .text("sender", clock.sender().value())
                        .text("exchange", clock.exchange().exchange())
                        .text("version", clock.exchange().version())
                        .text("due", clock.due().toString()));
            }
        }

        @Override
        public Boolean finish(Writing writing) {
            return changed[0];
        }
    }
}
