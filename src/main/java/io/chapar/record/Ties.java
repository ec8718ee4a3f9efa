package io.chapar.record;

import io.chapar.message.Header;
import io.chapar.message.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a message has to do with terms and with other messages.
 *
 * @param deadline its legal term, and whether it was met; like the obligation for its sender alone: both are counted from
 *     dates in the content, which a receiver may not see
 * @param obligation by when something must follow it. Whether it did is not told: that is another exchange's content
 * @param corrects what it corrects or withdraws
 * @param correctedBy what its sender said later about the same, in order
 */
public record Ties(
        Optional<Receipt.Deadline> deadline,
        Optional<Instant> obligation,
        Optional<UUID> corrects,
        List<Correction> correctedBy) {

    /** @param action {@code correct} or {@code withdraw} */
    public record Correction(UUID messageId, String action, Instant acceptedAt) {}

    public Ties {
        correctedBy = List.copyOf(correctedBy);
    }

    private static final String TERMS = "select r.due, r.met, c.due as obligation from message m"
            + " left join receipt r on r.message = m.number left join clock c on c.message = m.number and c.state not in (3, 5)"
            + " where m.number = ?";
    private static final String LATER = "select message_id, action, accepted_at from message"
            + " where original = ? and number > ? order by number";

    /**
     * @param message a row of the table of messages
     * @param ofSender whether its sender is told
     */
    static Ties read(Connection connection, ResultSet message, boolean ofSender) throws SQLException {
        long number = message.getLong("number");
        long original = message.getLong("original");
        List<Correction> later = later(connection, message.wasNull() ? number : original, number);
        byte[] corrects = message.getBytes("corrects");
        Optional<UUID> corrected = Optional.ofNullable(corrects).map(Columns::id);
        if (!ofSender) {
            return new Ties(Optional.empty(), Optional.empty(), corrected, later);
        }
        try (PreparedStatement select = connection.prepareStatement(TERMS)) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                boolean met = row.getInt("met") == 1;
                Optional<Receipt.Deadline> deadline = time(row, "due").map(due -> new Receipt.Deadline(due, met));
                return new Ties(deadline, time(row, "obligation"), corrected, later);
            }
        }
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Columns.time(micros));
    }

    private static List<Correction> later(Connection connection, long original, long number) throws SQLException {
        List<Correction> later = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LATER)) {
            select.setLong(1, original);
            select.setLong(2, number);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    later.add(new Correction(
                            Columns.id(row, "message_id"),
                            Header.Action.values()[row.getInt("action")].name().toLowerCase(Locale.ROOT),
                            Columns.time(row, "accepted_at")));
                }
            }
        }
        return later;
    }
}
