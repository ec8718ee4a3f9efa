package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * All that is on its way by this node's transport, oldest first. Read page by page, so that no reader keeps the log of a busy
 * database from being cut; and each page from where the one before ended, so that a million costs a hundred times ten thousand.
 */
final class WaitingDeliveries {

    private static final int PAGE = 1_000;

    /** Compared as a row: of two conditions that say the same, an index knows only where the first begins. */
    static final String AFTER = "select message, delivery_id, receiver, ordering_key, priority from delivery"
            + " where state = 0 and carrier = ? and (message, delivery_id) > (?, ?)"
            + " order by message, delivery_id limit " + PAGE;

    private record Place(long message, UUID delivery) {}

    private static final Place BEGINNING = new Place(-1, new UUID(0, 0));

    private final Database database;

    WaitingDeliveries(Database database) {
        this.database = database;
    }

    void forEach(Consumer<Ticket> each) {
        List<Ticket> page = new ArrayList<>(PAGE);
        Place last = BEGINNING;
        do {
            page.clear();
            last = read(page, last);
            page.forEach(each);
        } while (page.size() == PAGE);
    }

    /** Returns the last place of the page. */
    private Place read(List<Ticket> page, Place after) {
        Place last = after;
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(AFTER)) {
            select.setInt(1, database.carrier());
            select.setLong(2, after.message());
            select.setBytes(3, Columns.id(after.delivery()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last = new Place(row.getLong("message"), Columns.id(row, "delivery_id"));
                    page.add(new Ticket(
                            last.delivery(),
                            new PartyCode(row.getString("receiver")),
                            Optional.ofNullable(row.getString("ordering_key")),
                            row.getInt("priority")));
                }
            }
            return last;
        } catch (SQLException e) {
            throw new NotRecorded("what waits cannot be read", e);
        }
    }
}
