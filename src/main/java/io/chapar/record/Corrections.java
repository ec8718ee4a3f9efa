package io.chapar.record;

import io.chapar.message.Header;
import io.chapar.message.PartyCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was said about a message later, by its own sender: that it is corrected, or withdrawn. */
final class Corrections {

    /** An own one of the same exchange; of another's, nobody learns whether it exists. */
    private static final String ORIGINAL = "select o.number, o.message_id, o.ordering_key from claim c"
            + " join message m on m.number = c.message join message o on o.number = coalesce(m.original, m.number)"
            + " where c.sender = ? and c.message_id = ? and m.exchange = ? and m.kind = 0";

    private static final String RECEIVERS =
            "select distinct d.receiver from delivery d join message m on m.number = d.message"
                    + " where m.number = ? or m.original = ?";
    private static final String WITHDRAWN = "select 1 from message where original = ? and action = 2 and number < ?";
    private static final String CLAIMED = "select 1 from claim where sender = ? and message_id = ?";

    /** It was accepted for others than its receivers: a receiver was added to the thread in the same moment. */
    private static final String LEFT_OUT = "select 1 from delivery d join message m on m.number = d.message"
            + " where (m.number = ? or m.original = ?) and m.number < ?"
            + " and not exists (select 1 from delivery e where e.message = ? and e.receiver = d.receiver)";

    private static final String GIVE_KEY =
            "update delivery set ordering_key = ? where message = ? and ordering_key is null";
    /** Parked, and the same receiver gets what was said later about the same message. */
    private static final String SUPERSEDED = DeliveryFacts.SELECT
            + " where d.state = 2 and (m.number = ? or m.original = ?) and exists (select 1 from message l"
            + " join delivery e on e.message = l.number where l.original = ? and l.number > m.number"
            + " and e.receiver = d.receiver) order by d.message";

    private static final String WITHDRAW =
            "update delivery set state = 5, since = ?, visible_at = 0 where delivery_id = ?";
    private static final String IS_CORRECTED = "select coalesce(m.original, m.number) from message m where m.number = ?"
            + " and exists (select 1 from message l where l.original = coalesce(m.original, m.number))";

    /** SQLSTATE of a serialization failure: tried again, it is decided by what the other one has recorded. */
    private static final String SAME_MOMENT = "40001";

    private final Database database;

    Corrections(Database database) {
        this.database = database;
    }

    /** Empty when the header's {@code corrects} is no own earlier message of the same exchange. */
    Optional<Corrected> corrected(Header header) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(ORIGINAL)) {
            select.setString(1, header.sender().value());
            select.setBytes(2, Columns.id(header.corrects().orElseThrow()));
            select.setString(3, header.exchange().exchange());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(connection, row, header)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new NotRecorded("the message that is corrected cannot be read", e);
        }
    }

    private static Corrected read(Connection connection, ResultSet row, Header header) throws SQLException {
        long original = row.getLong("number");
        Set<PartyCode> receivers = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(RECEIVERS)) {
            select.setLong(1, original);
            select.setLong(2, original);
            try (ResultSet receiver = select.executeQuery()) {
                while (receiver.next()) {
                    receivers.add(new PartyCode(receiver.getString(1)));
                }
            }
        }
        try (PreparedStatement claimed = connection.prepareStatement(CLAIMED);
                PreparedStatement withdrawn = connection.prepareStatement(WITHDRAWN)) {
            claimed.setString(1, header.sender().value());
            claimed.setBytes(2, Columns.id(header.messageId()));
            return new Corrected(
                    original,
                    Columns.id(row, "message_id"),
                    Optional.ofNullable(row.getString("ordering_key")),
                    receivers,
                    withdrawnBefore(withdrawn, original, Long.MAX_VALUE),
                    any(claimed));
        }
    }

    /**
     * Everything that follows from a correction that is written.
     *
     * @throws SQLException when the original was withdrawn, or got another receiver, in this very moment: sent again,
     *     the correction is refused, or goes to that one too
     */
    static void follow(Writing writing, Corrected corrected, long number, Instant now) throws SQLException {
        if (withdrawnBefore(writing.statement(WITHDRAWN), corrected.original(), number)) {
            throw new SQLException("the message was withdrawn in the same moment", SAME_MOMENT);
        }
        PreparedStatement leftOut = writing.statement(LEFT_OUT);
        leftOut.setLong(1, corrected.original());
        leftOut.setLong(2, corrected.original());
        leftOut.setLong(3, number);
        leftOut.setLong(4, number);
        if (any(leftOut)) {
            throw new SQLException("the message got another receiver in the same moment", SAME_MOMENT);
        }
        PreparedStatement key = writing.statement(GIVE_KEY);
        key.setString(1, corrected.deliveryKey());
        key.setLong(2, corrected.original());
        key.executeUpdate();
        withdrawParked(writing, corrected.original(), now);
    }

    /** A delivery was parked: if its message has been corrected or withdrawn meanwhile, it waits for nobody. */
    static void parked(Writing writing, long message, Instant now) throws SQLException {
        PreparedStatement select = writing.statement(IS_CORRECTED);
        select.setLong(1, message);
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                withdrawParked(writing, row.getLong(1), now);
            }
        }
    }

    /** Its sender took back or replaced what a receiver would not have: no one needs to look at it any more. */
    private static void withdrawParked(Writing writing, long original, Instant now) throws SQLException {
        List<DeliveryFacts> superseded = new ArrayList<>();
        PreparedStatement select = writing.statement(SUPERSEDED);
        for (int i = 1; i <= 3; i++) {
            select.setLong(i, original);
        }
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                superseded.add(DeliveryFacts.of(row));
            }
        }
        for (DeliveryFacts facts : superseded) {
            PreparedStatement update = writing.statement(WITHDRAW);
            update.setLong(1, Columns.micros(now));
            update.setBytes(2, Columns.id(facts.deliveryId()));
            update.executeUpdate();
            writing.event(facts.event("withdrawn", now));
            OrderingKeys.releaseNext(writing, facts.receiver(), facts.deliveryKey(), Columns.micros(now));
        }
    }

    private static boolean withdrawnBefore(PreparedStatement select, long original, long number) throws SQLException {
        select.setLong(1, original);
        select.setLong(2, number);
        return any(select);
    }

    private static boolean any(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }
}
