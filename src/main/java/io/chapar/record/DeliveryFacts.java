package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the record knows of a delivery and its message, content aside. */
record DeliveryFacts(
        long number,
        UUID deliveryId,
        PartyCode receiver,
        Optional<String> orderingKey,
        int priority,
        DeliveryState state,
        int attempts,
        UUID messageId,
        PartyCode sender,
        ExchangeVersion exchange,
        int door,
        int format,
        Digest contentDigest,
        Instant acceptedAt,
        String keyName,
        byte[] wrappedKey,
        int carrier) {

    /** What the facts of a delivery are made from; more may follow. */
    static final String COLUMNS = "select d.message, d.delivery_id, d.receiver, d.ordering_key, d.priority, d.state,"
            + " d.attempts, m.message_id, m.sender, m.exchange, m.version, m.door, m.format, m.content_digest,"
            + " m.accepted_at, m.key_name, m.wrapped_key, d.carrier";

    static final String FROM = " from delivery d join message m on m.number = d.message";

    static final String SELECT = COLUMNS + FROM;

    static Optional<DeliveryFacts> find(Connection connection, UUID deliveryId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " where d.delivery_id = ?")) {
            select.setBytes(1, Columns.id(deliveryId));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        }
    }

    static DeliveryFacts of(ResultSet row) throws SQLException {
        return new DeliveryFacts(
                row.getLong("message"),
                Columns.id(row, "delivery_id"),
                new PartyCode(row.getString("receiver")),
                Optional.ofNullable(row.getString("ordering_key")),
                row.getInt("priority"),
                DeliveryState.of(row.getInt("state")),
                row.getInt("attempts"),
                Columns.id(row, "message_id"),
                new PartyCode(row.getString("sender")),
                new ExchangeVersion(row.getString("exchange"), row.getString("version")),
                row.getInt("door"),
                row.getInt("format"),
                Columns.digest(row, "content_digest"),
                Columns.time(row, "accepted_at"),
                row.getString("key_name"),
                row.getBytes("wrapped_key"),
                row.getInt("carrier"));
    }

    Identity identity() {
        return new Identity(sender, messageId, exchange);
    }

    MessageKey key(PayloadKeys keys) {
        return keys.unwrap(keyName, wrappedKey);
    }

    /** Under which what corrects its message stays behind it; the sender's key, or one of the message's own. */
    String deliveryKey() {
        return orderingKey.orElseGet(() -> Corrected.ownKey(messageId));
    }

    Ticket ticket() {
        return new Ticket(deliveryId, receiver, orderingKey, priority);
    }

    EventBytes event(String name, Instant at) {
        return EventBytes.of(name, at)
                .id("deliveryId", deliveryId)
                .id("messageId", messageId)
                .text("sender", sender.value())
                .text("receiver", receiver.value())
                .text("exchange", exchange.exchange())
                .text("version", exchange.version());
    }
}
