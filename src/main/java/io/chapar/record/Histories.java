package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where messages are, as their senders and receivers may see it. */
final class Histories {

    private static final String MESSAGE =
            "select m.*, a.reason, a.at as answered_at from message m" + " left join answer a on a.message = m.number";
    private static final String CLAIMED = "select message from claim where sender = ? and message_id = ?";
    private static final String ONE = MESSAGE + " where m.number = (" + CLAIMED + ")";
    private static final String MANY = MESSAGE + " where m.sender = ? and m.number > ? order by m.number limit ?";
    private static final String EARLIEST = "select min(accepted_at) from message where sender = ? and accepted_at >= ?";
    private static final String FIRST =
            "select min(number) from message where sender = ? and accepted_at between ? and ?";

    /** Between its acceptance and its recording no more time passes for a message: three times as long as a sender waits. */
    private static final Duration LONGEST_UNTIL_RECORDED = Duration.ofMinutes(1);

    private static final int LOOKED_AT = 2_000;

    private static final String RECEIVERS = "select delivery_id, receiver, state, since, attempts, answer, answer_text,"
            + " (select max(s.at) from sent_again s where s.delivery_id = d.delivery_id) as sent_again_at"
            + " from delivery d where message = ? order by receiver, delivery_id";

    private final Database database;
    private final PayloadKeys keys;
    private final int lookedAt;

    Histories(Database database, PayloadKeys keys) {
        this(database, keys, LOOKED_AT);
    }

    /** @param lookedAt messages of which those in one state are looked for in one call */
    Histories(Database database, PayloadKeys keys, int lookedAt) {
        this.database = database;
        this.keys = keys;
        this.lookedAt = lookedAt;
    }

    Optional<History> history(PartyCode viewer, PartyCode sender, UUID messageId) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(ONE)) {
            select.setString(1, sender.value());
            select.setBytes(2, Columns.id(messageId));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                History history = read(connection, row, viewer.equals(sender) ? null : viewer);
                boolean mayNot = !viewer.equals(sender) && history.receivers().isEmpty();
                return mayNot ? Optional.empty() : Optional.of(history);
            }
        } catch (SQLException e) {
            throw new NotRecorded("the message cannot be read", e);
        }
    }

    /**
     * From the first that was accepted at or after this time, in the order of recording, which is not that of acceptance:
     * of two that came together the one accepted first may be recorded last. So whoever asks since the time of a message
     * that it was shown is shown all that was recorded after that message, whatever its time. Of those in one state only
     * some are looked for at once: a million without one of them would keep the database from all others.
     */
    History.Page messages(PartyCode sender, Instant since, Optional<String> state, Optional<String> cursor, int max) {
        List<History> found = new ArrayList<>();
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(MANY)) {
            select.setString(1, sender.value());
            select.setLong(
                    2,
                    cursor.isPresent()
                            ? position(connection, sender, cursor.get())
                            : before(connection, sender, since));
            select.setInt(3, state.isPresent() ? lookedAt : max);
            int rows = 0;
            Optional<String> last = Optional.empty();
            try (ResultSet row = select.executeQuery()) {
                while (found.size() < max && row.next()) {
                    rows++;
                    History history = read(connection, row, null);
                    last = Optional.of(cursor(history.messageId()));
                    if (state.map(history.state()::equals).orElse(true)) {
                        found.add(history);
                    }
                }
            }
            return new History.Page(found, found.size() == max || rows == lookedAt ? last : Optional.empty());
        } catch (SQLException e) {
            throw new NotRecorded("the messages cannot be read", e);
        }
    }

    /** Behind which the first one lies that was accepted at or after this time; behind all when there is none. */
    private static long before(Connection connection, PartyCode sender, Instant since) throws SQLException {
        if (since.equals(Instant.EPOCH)) {
            return -1;
        }
        try (PreparedStatement earliest = connection.prepareStatement(EARLIEST);
                PreparedStatement select = connection.prepareStatement(FIRST)) {
            earliest.setString(1, sender.value());
            earliest.setLong(2, Columns.micros(since));
            long from;
            try (ResultSet row = earliest.executeQuery()) {
                row.next();
                from = row.getLong(1);
                if (row.wasNull()) {
                    return Long.MAX_VALUE;
                }
            }
            // Not all that came later: to look for the smallest number among millions would take seconds.
            select.setString(1, sender.value());
            select.setLong(2, from);
            select.setLong(3, from + TimeUnit.MILLISECONDS.toMicros(LONGEST_UNTIL_RECORDED.toMillis()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) - 1;
            }
        }
    }

    /**
     * The caller's own message id, and nothing else: numbers of messages are one sequence for all senders, and two of them
     * would tell how much all others send. Nor is a number taken: whoever tries one after the other would find its own.
     * Without dashes a node of the version before cannot take the end of it for a number.
     */
    private static String cursor(UUID messageId) {
        return HexFormat.of().formatHex(Columns.id(messageId));
    }

    /** @throws IllegalArgumentException when it is no cursor that was given to this sender */
    private static long position(Connection connection, PartyCode sender, String cursor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CLAIMED)) {
            select.setString(1, sender.value());
            select.setBytes(2, HexFormat.of().parseHex(cursor));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("the cursor is none that was given");
                }
                return row.getLong(1);
            }
        }
    }

    private History read(Connection connection, ResultSet row, @Nullable PartyCode only) throws SQLException {
        Identity identity = new Identity(
                new PartyCode(row.getString("sender")),
                Columns.id(row, "message_id"),
                new ExchangeVersion(row.getString("exchange"), row.getString("version")));
        List<History.ReceiverHistory> receivers = receivers(connection, row, identity, only);
        return new History(
                identity.messageId(),
                identity.exchange(),
                Columns.time(row, "accepted_at"),
                row.getInt("kind") == SealedMessage.QUESTION ? ofQuestion(row) : ofMessage(receivers),
                receivers,
                Ties.read(connection, row, only == null));
    }

    private static String ofQuestion(ResultSet row) throws SQLException {
        if (row.getString("reason") != null) {
            return "unanswered";
        }
        return row.getObject("answered_at") == null ? "asked" : "answered";
    }

    private static String ofMessage(List<History.ReceiverHistory> receivers) {
        if (receivers.isEmpty()) {
            return "no-receiver";
        }
        List<String> states =
                receivers.stream().map(History.ReceiverHistory::state).toList();
        if (states.contains(DeliveryState.PARKED.word())) {
            return DeliveryState.PARKED.word();
        }
        if (states.stream().allMatch(DeliveryState.WITHDRAWN.word()::equals)) {
            return DeliveryState.WITHDRAWN.word();
        }
        boolean done = states.stream()
                .allMatch(state ->
                        state.equals(DeliveryState.DELIVERED.word()) || state.equals(DeliveryState.WITHDRAWN.word()));
        return done ? DeliveryState.DELIVERED.word() : DeliveryState.WAITING.word();
    }

    private List<History.ReceiverHistory> receivers(
            Connection connection, ResultSet message, Identity identity, @Nullable PartyCode only) throws SQLException {
        List<History.ReceiverHistory> receivers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(RECEIVERS)) {
            select.setLong(1, message.getLong("number"));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    PartyCode receiver = new PartyCode(row.getString("receiver"));
                    if (only == null || only.equals(receiver)) {
                        receivers.add(new History.ReceiverHistory(
                                receiver,
                                Columns.id(row, "delivery_id"),
                                DeliveryState.of(row.getInt("state")).word(),
                                Columns.time(row, "since"),
                                row.getInt("attempts"),
                                answer(message, row, identity),
                                row.getObject("sent_again_at") == null
                                        ? Optional.empty()
                                        : Optional.of(Columns.time(row, "sent_again_at"))));
                    }
                }
            }
        }
        return receivers;
    }

    private Optional<String> answer(ResultSet message, ResultSet delivery, Identity identity) throws SQLException {
        String said = delivery.getString("answer");
        byte[] sealed = delivery.getBytes("answer_text");
        if (said == null || sealed == null) {
            return Optional.ofNullable(said);
        }
        try {
            byte[] text = keys.unwrap(message.getString("key_name"), message.getBytes("wrapped_key"))
                    .open(sealed, identity.refusal(Columns.id(delivery, "delivery_id")));
            return Optional.of(said + ": " + new String(text, StandardCharsets.UTF_8));
        } catch (PayloadKeys.KeyMissing e) {
            // Retention is over: the words are destroyed with the content, the code stays.
            return Optional.of(said);
        }
    }
}
