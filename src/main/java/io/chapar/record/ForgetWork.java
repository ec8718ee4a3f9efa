package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Marks that can matter to no clock any more are forgotten, oldest first and some at a time: a keyed hash of a person's
 * number is kept no longer than it is needed. What runs keeps its marks.
 */
record ForgetWork(long before) implements Work<Integer> {

    /** So many of each table are looked at: what is oldest comes first, by the order of acceptance. */
    static final int SOME = 200;

    private static final List<String> FORGET = List.of(
            "delete from clock_answer where at < ?"
                    + " and message in (select message from clock_answer order by message limit " + SOME + ")",
            "delete from clock_number where message in (select message from clock_number order by message limit " + SOME
                    + ") and message in (select number from message where accepted_at < ?)",
            "delete from clock_mark where clock in (select clock from clock_mark order by clock limit " + SOME
                    + ") and clock in (select message from clock where state <> 0 and due < ?)");

    @Override
    public void write(Writing writing, boolean guarded) {
        // there is nothing to add to the group: what is deleted is decided by what is there
    }

    @Override
    public Integer finish(Writing writing) throws SQLException {
        int forgotten = 0;
        for (String sql : FORGET) {
            PreparedStatement delete = writing.statement(sql);
            delete.setLong(1, before);
            forgotten += delete.executeUpdate();
        }
        return forgotten;
    }
}
