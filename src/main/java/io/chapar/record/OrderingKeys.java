package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What shares an ordering key and a receiver stays in the order of acceptance. */
final class OrderingKeys {

    /**
     * An open one, parked ones aside where the agreement goes on without them, and those already in the mailbox. Word for
     * word the condition of the index {@code delivery_blocks}, or a key's whole mailbox is read for each delivery.
     */
    static final String BLOCKS = "state < 3 and not (state = 2 and goes_on = 1)";

    /** One row: a driver that fetches them all would fetch a key's whole backlog at the end of each of its deliveries. */
    static final String NEXT = "select delivery_id, priority, state from delivery"
            + " where receiver = ? and ordering_key = ? and " + BLOCKS + " order by message limit 1";

    private static final String WAIT_AGAIN =
            "update delivery set state = 0, since = ?, carrier = ? where delivery_id = ?";

    /**
     * Lets the oldest of those held go on if nothing that is open goes before it, and gives out its ticket. One at a
     * time: the others would only be found to be in each other's way again.
     */
    static void releaseNext(Writing writing, PartyCode receiver, String key, long now) throws SQLException {
        Optional<Ticket> next = next(writing, receiver, key);
        if (next.isPresent()) {
            PreparedStatement update = writing.statement(WAIT_AGAIN);
            update.setLong(1, now);
            update.setInt(2, writing.carrier());
            update.setBytes(3, Columns.id(next.get().deliveryId()));
            update.executeUpdate();
            writing.ticket(next.get());
        }
    }

    private static Optional<Ticket> next(Writing writing, PartyCode receiver, String key) throws SQLException {
        PreparedStatement select = writing.statement(NEXT);
        select.setString(1, receiver.value());
        select.setString(2, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() && DeliveryState.of(row.getInt("state")) == DeliveryState.HELD
                    ? Optional.of(new Ticket(
                            Columns.id(row, "delivery_id"), receiver, Optional.of(key), row.getInt("priority")))
                    : Optional.empty();
        }
    }

    /** Whether something earlier of the same key has to go first. */
    static boolean blocked(PreparedStatement select, DeliveryFacts facts) throws SQLException {
        select.setString(1, facts.receiver().value());
        select.setString(2, facts.deliveryKey());
        select.setLong(3, facts.number());
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    static final String BLOCKED = "select 1 from delivery where receiver = ? and ordering_key = ? and message < ?"
            + " and " + BLOCKS + " limit 1";

    private OrderingKeys() {}
}
