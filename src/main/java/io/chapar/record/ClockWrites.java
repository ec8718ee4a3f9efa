package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Header;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a message does to the clocks, in the transaction that accepts it. Whether a clock runs or is stopped follows from
 * what is there, its marks, answers and numbers, in whatever order they came; so everything that adds or takes one looks
 * at the clocks that it touches afresh. What has run out stays so, and so does what was forgotten: by then nobody knows
 * any more what came.
 */
final class ClockWrites {

    /** 2 is run out, and 3 ended with what started it; 4 is stopped, and 5 ended, of which the marks are forgotten. */
    private static final int RUNNING = 0;

    private static final int STOPPED = 1;

    private static final String START = "insert into clock (message, source, exchange, since, due, state, changed_at,"
            + " notice) values (?, ?, ?, ?, ?, 0, ?, ?) on conflict (message) do update set source = excluded.source,"
            + " since = excluded.since, due = excluded.due, state = 0, changed_at = excluded.changed_at"
            + " where clock.state not in (2, 4, 5)";
    private static final String UNMARK = "delete from clock_mark where clock = ?";
    private static final String MARK =
            "insert into clock_mark (mark, clock) values (?, ?) on conflict (mark, clock) do nothing";
    /** What a correction says counts from when its original came: late words make nothing timely, nor old news new. */
    private static final String ANSWER = "insert into clock_answer (mark, exchange, message, at)"
            + " values (?, ?, ?, (select accepted_at from message where number = ?)) on conflict (mark, exchange, message) do nothing";

    private static final String UNANSWER = "delete from clock_answer where message = ?";
    private static final String NUMBER = "insert into clock_number (mark, stands_for, message) values (?, ?, ?)"
            + " on conflict (mark, stands_for, message) do nothing";
    private static final String UNNUMBER = "delete from clock_number where message = ?";
    private static final String END = "update clock set state = 3, changed_at = ? where message = ? and state < 2";

    private static final String TOUCHED = "select k.clock from clock_answer a join clock_mark k on k.mark = a.mark"
            + " where a.message = ?"
            + " union select k.clock from clock_answer a join clock_number n on n.mark = a.mark"
            + " join clock_mark k on k.mark = n.stands_for where a.message = ?"
            + " union select k.clock from clock_number n join clock_mark k on k.mark = n.stands_for where n.message = ?";
    private static final String LOOK =
            "select c.state, c.due, m.message_id, m.sender, m.exchange, m.version from clock c"
                    + " join message m on m.number = c.message where c.message = ? and c.state < 2";
    private static final String ANSWERED = "select a.message from clock c join clock_mark k on k.clock = c.message"
            + " join clock_answer a on a.mark = k.mark and a.exchange = c.exchange and a.at >= c.since"
            + " where c.message = ?"
            + " union all select a.message from clock c join clock_mark k on k.clock = c.message"
            + " join clock_number n on n.stands_for = k.mark"
            + " join clock_answer a on a.mark = n.mark and a.exchange = c.exchange and a.at >= c.since"
            + " where c.message = ? limit 1";
    private static final String SET = "update clock set state = ?, changed_at = ? where message = ?";

    private final Writing writing;
    private final Header header;
    private final long number;
    private final long original;
    private final Instant at;
    private final ClockEffects effects;

    /** @param original the message itself, or the one that it corrects */
    ClockWrites(Writing writing, Header header, long number, long original, Instant at, ClockEffects effects) {
        this.writing = writing;
        this.header = header;
        this.number = number;
        this.original = original;
        this.at = at;
        this.effects = effects;
    }

    void write() throws SQLException {
        if (effects.none() && number == original) {
            return;
        }
        Set<Long> touched = new TreeSet<>();
        if (number != original) {
            touch(touched);
            run(UNANSWER, original);
            run(UNNUMBER, original);
        }
        clock();
        for (ClockEffects.Answer answer : effects.answers()) {
            PreparedStatement row = writing.statement(ANSWER);
            row.setBytes(1, answer.mark().hash());
            row.setString(2, answer.exchange());
            row.setLong(3, original);
            row.setLong(4, original);
            row.executeUpdate();
        }
        for (ClockEffects.AssignedNumber assigned : effects.numbers()) {
            PreparedStatement row = writing.statement(NUMBER);
            row.setBytes(1, assigned.mark().hash());
            row.setBytes(2, assigned.standsFor().hash());
            row.setLong(3, original);
            row.executeUpdate();
        }
        touch(touched);
        if (effects.start().isPresent()) {
            touched.add(original);
        }
        for (long clock : touched) {
            look(clock);
        }
    }

    /** Its own clock: started, restarted by a correction, or ended when there is nothing any more that must follow. */
    private void clock() throws SQLException {
        if (effects.start().isPresent()) {
            ClockEffects.Start start = effects.start().get();
            PreparedStatement row = writing.statement(START);
            row.setLong(1, original);
            row.setLong(2, number);
            row.setString(3, header.exchange().exchange());
            row.setLong(4, Columns.micros(start.since()));
            row.setLong(5, Columns.micros(start.due()));
            row.setLong(6, Columns.micros(at));
            row.setBytes(7, Columns.id(UUID.randomUUID()));
            if (row.executeUpdate() == 0) {
                return;
            }
            run(UNMARK, original);
            for (Digest mark : start.marks()) {
                PreparedStatement marked = writing.statement(MARK);
                marked.setBytes(1, mark.hash());
                marked.setLong(2, original);
                marked.executeUpdate();
            }
            writing.event(event(number == original ? "clock-started" : "clock-restarted")
                    .text("due", start.due().toString()));
        } else if (number != original) {
            PreparedStatement end = writing.statement(END);
            end.setLong(1, Columns.micros(at));
            end.setLong(2, original);
            if (end.executeUpdate() > 0) {
                writing.event(event("clock-ended"));
            }
        }
    }

    /** Of a clock that runs or is stopped: which of the two it is now. */
    private void look(long clock) throws SQLException {
        PreparedStatement select = writing.statement(LOOK);
        select.setLong(1, clock);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return;
            }
            int now = answered(clock) ? STOPPED : RUNNING;
            if (now == row.getInt("state")) {
                return;
            }
            PreparedStatement set = writing.statement(SET);
            set.setInt(1, now);
            set.setLong(2, Columns.micros(at));
            set.setLong(3, clock);
            set.executeUpdate();
            writing.event(event(now == STOPPED ? "clock-stopped" : "clock-resumed")
                    .id("startedBy", Columns.id(row, "message_id"))
                    .text("startedBySender", row.getString("sender")));
        }
    }

    private boolean answered(long clock) throws SQLException {
        PreparedStatement select = writing.statement(ANSWERED);
        select.setLong(1, clock);
        select.setLong(2, clock);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private void touch(Set<Long> touched) throws SQLException {
        PreparedStatement select = writing.statement(TOUCHED);
        for (int i = 1; i <= 3; i++) {
            select.setLong(i, original);
        }
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                touched.add(row.getLong(1));
            }
        }
    }

    private void run(String sql, long message) throws SQLException {
        PreparedStatement statement = writing.statement(sql);
        statement.setLong(1, message);
        statement.executeUpdate();
    }

    /** Told of the message that is being accepted: it is what makes the clock start, stop, or run out. */
    private EventBytes event(String name) {
        return EventBytes.of(name, at)
                .id("messageId", header.messageId())
                .text("sender", header.sender().value())
                .text("exchange", header.exchange().exchange())
                .text("version", header.exchange().version());
    }
}
