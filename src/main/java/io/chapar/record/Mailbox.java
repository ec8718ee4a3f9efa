package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.Proof;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mailboxes, from which receivers fetch at their own pace. */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** Later than its time of invisibility and this allow it, nothing comes back but after a clock was set back. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The oldest that are visible and have nothing open of their key before them. */
    private static final String VISIBLE = "select d.delivery_id from delivery d where d.receiver = ? and d.state < 4"
            + " and d.state = 3 and (d.visible_at <= ? or d.visible_at > ?) and (d.ordering_key is null or not exists (select 1 from delivery"
            + " e where e.receiver = d.receiver and e.ordering_key = d.ordering_key and e.message < d.message"
            + " and e.state < 4 and not (e.state = 2 and e.goes_on = 1))) order by d.message limit ?";

    private static final String HAND_OUT =
            "update delivery set visible_at = ?, attempts = attempts + 1 where delivery_id = ?";
    private static final String ENTRY = "select d.state, d.attempts, x.content_type, x.signature, x.digest, x.sealed,"
            + " x.files"
            + " from delivery d join mailed x on x.delivery_id = d.delivery_id"
            + " where d.delivery_id = ? and d.receiver = ? and d.state in (3, 4)";

    private static final String DIGEST = "select digest from mailed where delivery_id = ?";

    private final Database database;
    private final GroupCommit commits;
    private final Deliveries deliveries;
    private final PayloadKeys keys;
    private final Attachments attachments;
    private final Clock clock;

    Mailbox(
            Database database,
            GroupCommit commits,
            Deliveries deliveries,
            PayloadKeys keys,
            Attachments attachments,
            Clock clock) {
        this.database = database;
        this.commits = commits;
        this.deliveries = deliveries;
        this.keys = keys;
        this.attachments = attachments;
        this.clock = clock;
    }

    Stream<MailboxEntry> handOut(PartyCode receiver, int max, Duration invisible, Set<UUID> except) {
        if (max < 1 || !anyVisible(receiver, invisible, except)) {
            return Stream.empty();
        }
        return commits.run(new HandOutWork(receiver, max, clock.instant(), invisible, except)).stream()
                .flatMap(id -> readable(receiver, id).stream());
    }

    /** One that cannot be read any more is no reason to keep the others from their receiver. */
    private Optional<MailboxEntry> readable(PartyCode receiver, UUID deliveryId) {
        try {
            Optional<MailboxEntry> entry = entry(receiver, deliveryId);
            if (entry.isPresent()) {
                // Before the first byte goes out: half an answer would keep the others from their receiver too.
                entry.get().payload().verify();
            }
            return entry;
        } catch (PayloadKeys.KeyMissing | IllegalStateException | IOException e) {
            LOG.error("delivery {} lies in a mailbox and cannot be opened; the others are handed out", deliveryId, e);
            return Optional.empty();
        }
    }

    private boolean anyVisible(PartyCode receiver, Duration invisible, Set<UUID> except) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(VISIBLE)) {
            return !visible(select, receiver, 1, clock.instant(), invisible, except)
                    .isEmpty();
        } catch (SQLException e) {
            throw new NotRecorded("the mailbox cannot be read", e);
        }
    }

    private static List<UUID> visible(
            PreparedStatement select, PartyCode receiver, int max, Instant now, Duration invisible, Set<UUID> except)
            throws SQLException {
        select.setString(1, receiver.value());
        select.setLong(2, Columns.micros(now));
        select.setLong(3, Columns.micros(now.plus(invisible).plus(CLOCKS_DIFFER)));
        select.setInt(4, max + except.size());
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next() && ids.size() < max) {
                UUID id = Columns.id(row.getBytes(1));
                if (!except.contains(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    Optional<MailboxEntry> entry(PartyCode receiver, UUID deliveryId) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(ENTRY)) {
            Optional<DeliveryFacts> facts = DeliveryFacts.find(connection, deliveryId);
            if (facts.filter(found -> found.receiver().equals(receiver)).isEmpty()
                    || contentDestroyed(connection, facts.get())) {
                return Optional.empty();
            }
            select.setBytes(1, Columns.id(deliveryId));
            select.setString(2, receiver.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(entry(connection, facts.get(), row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new NotRecorded("the mailbox cannot be read", e);
        }
    }

    private MailboxEntry entry(Connection connection, DeliveryFacts facts, ResultSet row) throws SQLException {
        MessageKey key = facts.key(keys);
        byte[] payload = key.open(row.getBytes("sealed"), facts.identity().mailed(facts.deliveryId()));
        String files = row.getString("files");
        return new MailboxEntry(
                facts.deliveryId(),
                facts.messageId(),
                facts.sender(),
                facts.exchange(),
                row.getString("content_type"),
                Optional.ofNullable(row.getString("signature")),
                Columns.digest(row, "digest"),
                facts.contentDigest(),
                row.getInt("attempts"),
                MailedPayload.whole(
                        payload, files, files == null ? List.of() : attachments.of(connection, facts, key)));
    }

    boolean acknowledged(PartyCode receiver, UUID deliveryId, Digest digest, Proof proof, Instant at) {
        if (!digest(receiver, deliveryId).equals(Optional.of(digest))) {
            return false;
        }
        DeliveryFacts facts = deliveries.facts(deliveryId).orElseThrow();
        return deliveries.acknowledged(facts, EndWork.From.MAILED, facts.attempts(), digest, proof, at)
                || deliveries
                        .facts(deliveryId)
                        .filter(now -> now.state() == DeliveryState.DELIVERED)
                        .isPresent();
    }

    /**
     * Of what lies or lay in the mailbox under this id; nothing is decrypted. What was to be fetched and cannot be any more is
     * parked, and has none.
     */
    Optional<Digest> digest(PartyCode receiver, UUID deliveryId) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(DIGEST)) {
            Optional<DeliveryFacts> facts = DeliveryFacts.find(connection, deliveryId)
                    .filter(found -> found.receiver().equals(receiver))
                    .filter(found -> found.state() == DeliveryState.MAILED || found.state() == DeliveryState.DELIVERED);
            if (facts.isEmpty()
                    || facts.get().state() == DeliveryState.MAILED
                            && deliveries.contentDestroyed(connection, facts.get())) {
                return Optional.empty();
            }
            select.setBytes(1, Columns.id(deliveryId));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Columns.digest(row, "digest")) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new NotRecorded("the mailbox cannot be read", e);
        }
    }

    /** True for a repeat too, also when its sender replaced it meanwhile: whoever did not hear our answer says it again. */
    boolean refused(PartyCode receiver, UUID deliveryId, String code, String text) {
        return deliveries
                .facts(deliveryId)
                .filter(facts -> facts.receiver().equals(receiver))
                .filter(facts -> facts.state() == DeliveryState.MAILED
                                && !contentDestroyed(facts)
                                && deliveries.parked(facts, EndWork.From.MAILED, facts.attempts(), 0, code, text)
                        || isRefused(receiver, deliveryId))
                .isPresent();
    }

    private boolean contentDestroyed(DeliveryFacts facts) {
        try (Connection connection = database.readers().getConnection()) {
            return contentDestroyed(connection, facts);
        } catch (SQLException e) {
            throw new NotRecorded("the list of destroyed keys cannot be read", e);
        }
    }

    /** What is still to be fetched is parked with it; what was delivered stays delivered. */
    private boolean contentDestroyed(Connection connection, DeliveryFacts facts) throws SQLException {
        return facts.state() == DeliveryState.DELIVERED
                ? DestroyedKeys.contain(connection, facts.keyName())
                : facts.state() == DeliveryState.MAILED && deliveries.contentDestroyed(connection, facts);
    }

    boolean isRefused(PartyCode receiver, UUID deliveryId) {
        return deliveries
                .facts(deliveryId)
                .filter(facts -> facts.receiver().equals(receiver))
                .filter(now -> now.state() == DeliveryState.PARKED || now.state() == DeliveryState.WITHDRAWN)
                .isPresent();
    }

    /** Chosen inside the transaction, so that no two callers are handed the same. */
    private static final class HandOutWork implements Work<List<UUID>> {
        private final PartyCode receiver;
        private final int max;
        private final Instant now;
        private final Duration invisible;
        private final Set<UUID> except;
        private List<UUID> chosen = List.of();

        HandOutWork(PartyCode receiver, int max, Instant now, Duration invisible, Set<UUID> except) {
            this.receiver = receiver;
            this.max = max;
            this.now = now;
            this.invisible = invisible;
            this.except = except;
        }

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            chosen = visible(writing.statement(VISIBLE), receiver, max, now, invisible, except);
            for (UUID id : chosen) {
                PreparedStatement update = writing.statement(HAND_OUT);
                update.setLong(1, Columns.micros(now.plus(invisible)));
                update.setBytes(2, Columns.id(id));
                update.executeUpdate();
                writing.event(
                        EventBytes.of("delivered", now).id("deliveryId", id).text("receiver", receiver.value()));
            }
        }

        @Override
        public List<UUID> finish(Writing writing) {
            return chosen;
        }
    }
}
