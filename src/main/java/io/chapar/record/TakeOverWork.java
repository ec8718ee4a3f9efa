package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A page of what waits for a node that is gone; how many. None when it is back: whoever joins needs the lock that is
 * held here until the commit.
 */
record TakeOverWork(int from) implements Work<Integer> {

    private static final String STILL_GONE = "select pg_try_advisory_xact_lock(?, ?)";
    private static final String TAKE_OVER = "update delivery set carrier = ? where state = 0 and carrier = ?"
            + " and delivery_id in (select delivery_id from delivery where state = 0 and carrier = ?"
            + " order by message, delivery_id limit 2000)";

    @Override
    public void write(Writing writing, boolean guarded) {
        // All is done at the group's end, when what others in the group write is there.
    }

    @Override
    public Integer finish(Writing writing) throws SQLException {
        PreparedStatement gone = writing.statement(STILL_GONE);
        gone.setInt(1, NodeLock.CLASS);
        gone.setInt(2, from);
        try (ResultSet row = gone.executeQuery()) {
            if (!row.next() || !row.getBoolean(1)) {
                return 0;
            }
        }
        PreparedStatement update = writing.statement(TAKE_OVER);
        update.setInt(1, writing.carrier());
        update.setInt(2, from);
        update.setInt(3, from);
        return update.executeUpdate();
    }
}
