package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What receivers would not have: for an administrator to look at, and to send again. */
public final class ParkedDeliveries {

    /** So many with one commit: others that want to be recorded wait meanwhile. */
    private static final int TOGETHER = 200;

    private static final String SELECT = DeliveryFacts.COLUMNS + ", d.answer, d.since" + DeliveryFacts.FROM;

    private final Database database;
    private final GroupCommit commits;
    private final Clock clock;

    ParkedDeliveries(Database database, GroupCommit commits, Clock clock) {
        this.database = database;
        this.commits = commits;
        this.clock = clock;
    }

    private record Row(DeliveryFacts facts, String code, SendAgainWork.Seen seen) {}

    public long count() {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from delivery where state = 2");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new NotRecorded("what is parked cannot be counted", e);
        }
    }

    /** In the order of acceptance. */
    public List<ParkedDelivery> list(ParkedFilter filter, int most) {
        return rows(filter, Optional.empty(), most).stream()
                .map(row -> new ParkedDelivery(
                        row.facts().deliveryId(),
                        row.facts().messageId(),
                        row.facts().sender(),
                        row.facts().receiver(),
                        row.facts().exchange(),
                        row.code(),
                        row.seen().since(),
                        row.facts().attempts()))
                .toList();
    }

    /** How many were sent again: of those that the filter means at this moment the first so many, each once. */
    public int sendAgain(ParkedFilter filter, int most, String by) {
        List<SendAgainWork.Seen> seen =
                rows(filter, Optional.empty(), most).stream().map(Row::seen).toList();
        int sent = 0;
        for (int from = 0; from < seen.size(); from += TOGETHER) {
            List<SendAgainWork.Seen> together = seen.subList(from, Math.min(from + TOGETHER, seen.size()));
            sent += commits.run(new SendAgainWork(together, by, clock.instant()))
                    .size();
        }
        return sent;
    }

    /** Its ticket, for it waits again; none when it is not parked, or another was first. */
    public Optional<Ticket> sendAgain(UUID deliveryId, String by) {
        List<SendAgainWork.Seen> seen = rows(ParkedFilter.ALL, Optional.of(deliveryId), 1).stream()
                .map(Row::seen)
                .toList();
        return seen.isEmpty()
                ? Optional.empty()
                : commits.run(new SendAgainWork(seen, by, clock.instant())).stream()
                        .findFirst();
    }

    /** Where a delivery is, in the words of the histories; empty when there is none of this id. */
    public Optional<String> state(UUID deliveryId) {
        try (Connection connection = database.readers().getConnection()) {
            return DeliveryFacts.find(connection, deliveryId)
                    .map(facts -> facts.state().word());
        } catch (SQLException e) {
            throw new NotRecorded("the delivery cannot be read", e);
        }
    }

    private List<Row> rows(ParkedFilter filter, Optional<UUID> only, int most) {
        String sql = SELECT + " where " + filter.condition() + (only.isPresent() ? " and d.delivery_id = ?" : "")
                + " order by d.message, d.delivery_id limit " + most;
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            int next = filter.bind(select);
            if (only.isPresent()) {
                select.setBytes(next, Columns.id(only.get()));
            }
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DeliveryFacts facts = DeliveryFacts.of(row);
                    String answer = row.getString("answer");
                    rows.add(new Row(
                            facts,
                            answer == null ? "" : answer,
                            new SendAgainWork.Seen(facts, Columns.time(row, "since"))));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new NotRecorded("what is parked cannot be read", e);
        }
    }
}
