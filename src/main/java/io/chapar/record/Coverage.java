package io.chapar.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.ledger.LedgerVerification;
import io.chapar.message.Digest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Holds the record against the events: every message has the event that tells its acceptance, with the same digests,
 * receipt and deliveries, and nothing was acknowledged in the record that no event tells. Messages are numbered in the
 * order of their events, so both are read side by side and nothing is kept in memory.
 */
public final class Coverage implements LedgerVerification.EachEvent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCHED = 1_000;

    private final Connection connection;
    private final ResultSet message;
    private final PreparedStatement deliveries;
    private final PreparedStatement delivery;
    private long acknowledged;

    /** @param connection is closed by whoever opened it, and with it what is made here */
    public Coverage(Connection connection) throws SQLException {
        this.connection = connection;
        PreparedStatement messages = connection.prepareStatement("select m.number, m.sender, m.message_id,"
                + " m.content_digest, m.bytes_digest, r.receipt_id, r.jws from message m"
                + " left join receipt r on r.message = m.number order by m.number");
        messages.setFetchSize(FETCHED);
        this.message = messages.executeQuery();
        this.deliveries = connection.prepareStatement("select delivery_id, receiver from delivery where message = ?");
        this.delivery = connection.prepareStatement("select state, digest from delivery where delivery_id = ?");
    }

    @Override
    public Optional<String> check(long number, byte[] event) throws SQLException {
        JsonNode told;
        try {
            told = JSON.readTree(event);
        } catch (IOException e) {
            return Optional.of("its event cannot be read");
        }
        return switch (told.path("event").asText()) {
            case "accepted", "asked" -> accepted(told);
            case "acknowledged" -> acknowledged(told);
            default -> Optional.empty();
        };
    }

    private Optional<String> accepted(JsonNode told) throws SQLException {
        String id = told.path("messageId").asText();
        if (!message.next()
                || !Columns.id(message, "message_id").toString().equals(id)
                || !message.getString("sender").equals(told.path("sender").asText())) {
            return Optional.of("the record does not hold message " + id + " in its place");
        }
        boolean same = Columns.digest(message, "content_digest")
                        .value()
                        .equals(told.path("contentDigest").asText())
                && Columns.digest(message, "bytes_digest")
                        .value()
                        .equals(told.path("bytesDigest").asText());
        if (!same) {
            return Optional.of("the record holds other digests of message " + id);
        }
        if (told.path("event").asText().equals("asked")) {
            return Optional.empty();
        }
        byte[] jws = message.getBytes("jws");
        if (jws == null
                || !Digest.of(jws).value().equals(told.path("receiptDigest").asText())) {
            return Optional.of("the record holds another receipt of message " + id);
        }
        return toldDeliveries(told).equals(recordedDeliveries(message.getLong("number")))
                ? Optional.empty()
                : Optional.of("the record holds other deliveries of message " + id);
    }

    private static Set<String> toldDeliveries(JsonNode told) {
        Set<String> found = new HashSet<>();
        told.path("deliveries")
                .forEach(one -> found.add(one.path("deliveryId").asText() + " "
                        + one.path("receiver").asText()));
        return found;
    }

    private Set<String> recordedDeliveries(long number) throws SQLException {
        deliveries.setLong(1, number);
        Set<String> found = new HashSet<>();
        try (ResultSet row = deliveries.executeQuery()) {
            while (row.next()) {
                found.add(Columns.id(row, "delivery_id") + " " + row.getString("receiver"));
            }
        }
        return found;
    }

    private Optional<String> acknowledged(JsonNode told) throws SQLException {
        String id = told.path("deliveryId").asText();
        delivery.setBytes(1, Columns.id(UUID.fromString(id)));
        try (ResultSet row = delivery.executeQuery()) {
            boolean same = row.next()
                    && DeliveryState.of(row.getInt("state")) == DeliveryState.DELIVERED
                    && Columns.digest(row, "digest")
                            .value()
                            .equals(told.path("digest").asText());
            acknowledged++;
            return same
                    ? Optional.empty()
                    : Optional.of("the record does not show delivery " + id + " as acknowledged");
        }
    }

    @Override
    public Optional<String> end() throws SQLException {
        if (message.next()) {
            return Optional.of("no event tells of message " + Columns.id(message, "message_id"));
        }
        try (PreparedStatement count = connection.prepareStatement("select count(*) from delivery where state = 4");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1) == acknowledged
                    ? Optional.empty()
                    : Optional.of(row.getLong(1) + " deliveries are recorded as acknowledged, events tell of "
                            + acknowledged);
        }
    }
}
