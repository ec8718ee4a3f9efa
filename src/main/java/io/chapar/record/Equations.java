package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts both sides of the equation, in one transaction's view of the record. What was accepted is counted from the
 * messages, what became of it from the deliveries; neither is computed from the other.
 */
public final class Equations {

    private static final String ROWS = "select receiver, count(*), sum(case when state = 4 then 1 else 0 end),"
            + " sum(case when state in (0, 1, 3) then 1 else 0 end), sum(case when state = 2 then 1 else 0 end),"
            + " sum(case when state = 5 then 1 else 0 end) from delivery group by receiver order by receiver";
    private static final String MESSAGES = "select count(*), coalesce(sum(receivers), 0),"
            + " coalesce(sum(case when receivers = 0 then 1 else 0 end), 0) from message where kind = 0";
    private static final String WRONG_NUMBER = "select m.message_id, 'its deliveries are not as many as its receivers'"
            + " from message m left join delivery d on d.message = m.number where m.kind = 0"
            + " group by m.number, m.message_id, m.receivers having count(d.delivery_id) <> m.receivers";
    private static final String NO_MESSAGE = "select d.delivery_id, 'a delivery without a message' from delivery d"
            + " where not exists (select 1 from message m where m.number = d.message)";
    private static final String NO_CLAIM = "select m.message_id, 'a message without the claim on its id'"
            + " from message m where not exists (select 1 from claim c where c.sender = m.sender"
            + " and c.message_id = m.message_id and c.message = m.number)";
    private static final String NO_RECEIPT = "select m.message_id, 'a message without a receipt' from message m"
            + " where m.kind = 0 and not exists (select 1 from receipt r where r.message = m.number)";
    private static final String NOT_IN_MAILBOX = "select d.delivery_id, 'counted as in the mailbox, but not there'"
            + " from delivery d where d.state = 3 and not exists"
            + " (select 1 from mailed x where x.delivery_id = d.delivery_id)";
    private static final List<String> MISFITS = List.of(WRONG_NUMBER, NO_MESSAGE, NO_CLAIM, NO_RECEIPT, NOT_IN_MAILBOX);

    private static final int PAGE = 1_000;

    /** So many are listed, a few megabytes; the others are counted. */
    private static final int LISTED = 100_000;

    private static final class Misfits {
        private final List<Equation.Misfit> listed = new ArrayList<>();
        private long more;

        void add(UUID id, String why) {
            if (listed.size() < LISTED) {
                listed.add(new Equation.Misfit(id, why));
            } else {
                more++;
            }
        }
    }

    private final Database database;

    public Equations(Database database) {
        this.database = database;
    }

    /** @param inBroker the delivery ids that the broker holds, where they are known */
    public Equation count(Optional<DeliveryIds> inBroker) {
        try (Connection connection = database.counter()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    database.sqlite() ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return count(connection, inBroker);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new NotRecorded("the record cannot be counted", e);
        }
    }

    private Equation count(Connection connection, Optional<DeliveryIds> inBroker) throws SQLException {
        Misfits misfits = new Misfits();
        for (String sql : MISFITS) {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    misfits.add(Columns.id(row.getBytes(1)), row.getString(2));
                }
            }
        }
        if (inBroker.isPresent()) {
            againstBroker(connection, inBroker.get(), misfits);
        }
        List<Equation.Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ROWS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Equation.Row(
                        new PartyCode(row.getString(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(MESSAGES);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Equation(
                    row.getLong(1),
                    row.getLong(2) + row.getLong(3),
                    rows,
                    row.getLong(3),
                    misfits.listed,
                    misfits.more);
        }
    }

    /** Of what other nodes carry, this node's broker holds nothing. */
    private void againstBroker(Connection connection, DeliveryIds inBroker, Misfits misfits) throws SQLException {
        DeliveryIds inBoth = new DeliveryIds();
        try (PreparedStatement select = connection.prepareStatement(
                "select delivery_id from delivery where state = 0 and carrier = " + database.carrier())) {
            // A million may wait.
            select.setFetchSize(PAGE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = Columns.id(row.getBytes(1));
                    if (inBroker.contains(id)) {
                        inBoth.add(id);
                    } else {
                        misfits.add(id, "waits in the record, but the broker does not hold it");
                    }
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement("select 1 from delivery where delivery_id = ?")) {
            Iterator<UUID> others =
                    inBroker.stream().filter(id -> !inBoth.contains(id)).iterator();
            while (others.hasNext()) {
                UUID id = others.next();
                select.setBytes(1, Columns.id(id));
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        misfits.add(id, "the broker holds it, but the record knows it not");
                    }
                }
            }
        }
    }
}
