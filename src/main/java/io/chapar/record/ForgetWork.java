package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Marks that can matter to no clock any more are forgotten, oldest first and some at a time: a keyed hash of a person's
 * number is kept no longer than it is needed. What runs keeps its marks. What is stopped or ended is forgotten with all
 * that stopped it, and for good: it would run, should a correction start it again, although what was awaited had come.
 */
record ForgetWork(long before) implements Work<Integer> {

    /** So many of each table are looked at: what is oldest comes first, by the order of acceptance. */
    static final int SOME = 200;

    private static final String END =
            "update clock set state = case state when 1 then 4 else 5 end where state in (1, 3) and due < ?"
                    + " and message in (select clock from clock_mark order by clock limit " + SOME + ")";

    private static final List<String> FORGET = List.of(
            "delete from clock_mark where clock in (select clock from clock_mark order by clock limit " + SOME
                    + ") and clock in (select message from clock where state in (2, 4, 5) and due < ?)",
            "delete from clock_answer where at < ?"
                    + " and message in (select message from clock_answer order by message limit " + SOME + ")"
                    + " and not exists (select 1 from clock_mark k join clock c on c.message = k.clock"
                    + " where k.mark = clock_answer.mark and c.exchange = clock_answer.exchange)"
                    + " and not exists (select 1 from clock_number n join clock_mark k on k.mark = n.stands_for"
                    + " join clock c on c.message = k.clock"
                    + " where n.mark = clock_answer.mark and c.exchange = clock_answer.exchange)",
            "delete from clock_number where message in (select message from clock_number order by message limit " + SOME
                    + ") and message in (select number from message where accepted_at < ?)"
                    + " and not exists (select 1 from clock_mark k where k.mark = clock_number.stands_for)");

    @Override
    public void write(Writing writing, boolean guarded) {
        // there is nothing to add to the group: what is deleted is decided by what is there
    }

    @Override
    public Integer finish(Writing writing) throws SQLException {
        PreparedStatement end = writing.statement(END);
        end.setLong(1, before);
        end.executeUpdate();
        int forgotten = 0;
        for (String sql : FORGET) {
            PreparedStatement delete = writing.statement(sql);
            delete.setLong(1, before);
            forgotten += delete.executeUpdate();
        }
        return forgotten;
    }
}
