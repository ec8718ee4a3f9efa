package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What shares an ordering key and a receiver stays in the order of acceptance. */
final class OrderingKeys {

    /** An open one, parked ones aside where the agreement goes on without them, and those already in the mailbox. */
    static final String BLOCKS = "state < 4 and state <> 3 and not (state = 2 and goes_on = 1)";

    private static final String OPEN = "select delivery_id, priority, state from delivery"
            + " where receiver = ? and ordering_key = ? and " + BLOCKS + " order by message";
    /** One row: a driver that fetches them all would fetch a key's whole backlog at the end of each of its deliveries. */
    private static final String NEXT = OPEN + " limit 1";

    private static final String WAIT_AGAIN =
            "update delivery set state = 0, since = ?, carrier = ? where delivery_id = ?";
    private static final String ANY_HELD =
            "select 1 from delivery where state = 1 and receiver = ?" + " and ordering_key = ? limit 1";

    /**
     * Lets the oldest of those held go on if nothing that is open goes before it, and gives out its ticket. One at a
     * time: the others would only be found to be in each other's way again.
     */
    static List<Ticket> releaseNext(Writing writing, PartyCode receiver, String key, long now) throws SQLException {
        return release(writing, receiver, key, now, true);
    }

    /** Lets all those held go on that have nothing parked before them, and gives out their tickets. */
    static List<Ticket> releaseAll(Writing writing, PartyCode receiver, String key, long now) throws SQLException {
        return release(writing, receiver, key, now, false);
    }

    private static List<Ticket> release(Writing writing, PartyCode receiver, String key, long now, boolean onlyNext)
            throws SQLException {
        if (!anyHeld(writing, receiver, key)) {
            return List.of();
        }
        List<Ticket> released = new ArrayList<>();
        PreparedStatement select = writing.statement(onlyNext ? NEXT : OPEN);
        select.setString(1, receiver.value());
        select.setString(2, key);
        try (ResultSet row = select.executeQuery()) {
            while (row.next() && DeliveryState.of(row.getInt("state")) != DeliveryState.PARKED) {
                if (DeliveryState.of(row.getInt("state")) == DeliveryState.HELD) {
                    released.add(new Ticket(
                            Columns.id(row, "delivery_id"), receiver, Optional.of(key), row.getInt("priority")));
                }
            }
        }
        for (Ticket ticket : released) {
            PreparedStatement update = writing.statement(WAIT_AGAIN);
            update.setLong(1, now);
            update.setInt(2, writing.carrier());
            update.setBytes(3, Columns.id(ticket.deliveryId()));
            update.executeUpdate();
            writing.ticket(ticket);
        }
        return released;
    }

    private static boolean anyHeld(Writing writing, PartyCode receiver, String key) throws SQLException {
        PreparedStatement select = writing.statement(ANY_HELD);
        select.setString(1, receiver.value());
        select.setString(2, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
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
