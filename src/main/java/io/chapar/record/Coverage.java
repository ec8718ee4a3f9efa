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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Holds the record against the events: every message has the event that tells its acceptance, with the same digests,
 * receipt and deliveries, and no delivery is acknowledged, parked, mailed or withdrawn in the record unless an event
 * tells it. Messages are numbered in the order of their events, so both are read side by side; kept in memory is only
 * which deliveries are parked or in a mailbox.
 */
public final class Coverage implements LedgerVerification.EachEvent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCHED = 1_000;

    private final Connection connection;
    private final ResultSet message;
    private final PreparedStatement deliveries;
    private final PreparedStatement delivery;
    private final ProofCheck proofs;
    private final Map<UUID, DeliveryState> states = new HashMap<>();
    private long acknowledged;

    /** Without any key. */
    public Coverage(Connection connection) throws SQLException {
        this(connection, new ProofCheck(Optional.empty()));
    }

    /** @param connection is closed by whoever opened it, and with it what is made here */
    public Coverage(Connection connection, ProofCheck proofs) throws SQLException {
        this.connection = connection;
        this.proofs = proofs;
        PreparedStatement messages = connection.prepareStatement("select m.number, m.sender, m.message_id,"
                + " m.content_digest, m.bytes_digest, m.exchange, m.version, m.conversation_id, m.signer, m.corrects,"
                + " m.accepted_at, r.receipt_id, r.jws from message m"
                + " left join receipt r on r.message = m.number order by m.number");
        messages.setFetchSize(FETCHED);
        this.message = messages.executeQuery();
        this.deliveries = connection.prepareStatement("select delivery_id, receiver from delivery where message = ?");
        // All of it: in a copy that an older version made there is no column for sealed proofs.
        this.delivery = connection.prepareStatement("select * from delivery where delivery_id = ?");
    }

    @Override
    public Optional<String> check(long number, byte[] event) throws SQLException {
        JsonNode said;
        try {
            said = JSON.readTree(event);
        } catch (IOException e) {
            return Optional.of("its event cannot be read");
        }
        switch (said.path("event").asText()) {
            case "accepted", "asked" -> {
                return accepted(said);
            }
            case "acknowledged" -> {
                states.remove(deliveryId(said));
                return acknowledged(said);
            }
            case "parked" -> states.put(deliveryId(said), DeliveryState.PARKED);
            case "mailed" -> states.put(deliveryId(said), DeliveryState.MAILED);
            case "withdrawn" -> states.put(deliveryId(said), DeliveryState.WITHDRAWN);
            case "sent-again" -> states.remove(deliveryId(said));
            default -> {}
        }
        return Optional.empty();
    }

    private static UUID deliveryId(JsonNode said) {
        return UUID.fromString(said.path("deliveryId").asText());
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
        if (!factsAre(told)) {
            return Optional.of("the record holds other facts of message " + id);
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

    private boolean factsAre(JsonNode told) throws SQLException {
        byte[] corrects = message.getBytes("corrects");
        return message.getString("exchange").equals(told.path("exchange").asText())
                && message.getString("version").equals(told.path("version").asText())
                && Columns.id(message, "conversation_id")
                        .toString()
                        .equals(told.path("conversationId").asText())
                && Columns.digest(message, "signer")
                        .value()
                        .equals(told.path("signer").asText())
                && Columns.time(message, "accepted_at")
                        .toString()
                        .equals(told.path("at").asText())
                && (told.path("event").asText().equals("asked")
                        || (corrects == null ? "" : Columns.id(corrects).toString())
                                .equals(told.path("corrects").asText()));
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
                            .equals(told.path("digest").asText())
                    && proofs.fits(connection, row, told);
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
            if (row.getLong(1) != acknowledged) {
                return Optional.of(
                        row.getLong(1) + " deliveries are recorded as acknowledged, events tell of " + acknowledged);
            }
        }
        return otherStates();
    }

    private Optional<String> otherStates() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select delivery_id, state from delivery where state in (2, 3, 5)")) {
            select.setFetchSize(FETCHED);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = Columns.id(row, "delivery_id");
                    DeliveryState state = DeliveryState.of(row.getInt("state"));
                    if (states.remove(id) != state) {
                        return Optional.of("no event tells that delivery " + id + " is " + state.word());
                    }
                }
            }
        }
        return states.entrySet().stream()
                .findFirst()
                .map(left -> "the record does not show delivery " + left.getKey() + " as "
                        + left.getValue().word());
    }
}
