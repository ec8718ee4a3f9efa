package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Deliveries on their way: what is due, and how each ends. */
final class Deliveries {

    /** Beside the table of problems. */
    private static final Set<String> CODES = Set.of(Dispatch.Parked.REFUSED, Dispatch.Parked.DAMAGED);

    private static final String CONTENT_DESTROYED = "content-destroyed";

    private final Database database;
    private final GroupCommit commits;
    private final PayloadKeys keys;
    private final Attachments attachments;
    private final Clock clock;

    Deliveries(Database database, GroupCommit commits, PayloadKeys keys, Attachments attachments, Clock clock) {
        this.database = database;
        this.commits = commits;
        this.keys = keys;
        this.attachments = attachments;
        this.clock = clock;
    }

    Optional<Dispatch.Due> due(UUID deliveryId) {
        database.tenure().check();
        long asked = System.nanoTime();
        try (Connection connection = database.readers().getConnection()) {
            Optional<DeliveryFacts> found = madeHere(connection, deliveryId);
            if (found.isPresent() && contentDestroyed(connection, found.get())) {
                return Optional.empty();
            }
            return found.isPresent() ? Optional.of(opened(connection, found.get(), asked)) : Optional.empty();
        } catch (SQLException e) {
            throw new NotRecorded("the delivery cannot be read", e);
        }
    }

    /**
     * What was not delivered while it was kept is parked: there is nothing any more that could be delivered, and nobody
     * is told that it was.
     */
    boolean contentDestroyed(Connection connection, DeliveryFacts facts) throws SQLException {
        if (!DestroyedKeys.contain(connection, facts.keyName())) {
            return false;
        }
        EventBytes event =
                facts.event("parked", clock.instant()).number("status", 0).text("code", CONTENT_DESTROYED);
        EndWork.Answer answer = EndWork.Answer.refusal(Optional.of(CONTENT_DESTROYED), Optional.empty());
        end(facts, EndWork.From.OPEN, DeliveryState.PARKED, facts.attempts(), answer, event);
        return true;
    }

    boolean stillDue(Dispatch.Due due, boolean askAnew) {
        database.tenure().check();
        if (!askAnew && database.tenure().lastsSince(due.asked())) {
            return true;
        }
        try (Connection connection = database.readers().getConnection()) {
            return madeHere(connection, due.deliveryId()).isPresent();
        } catch (SQLException e) {
            throw new NotRecorded("the delivery cannot be read", e);
        }
    }

    /** Empty also when another node has taken it over meanwhile, and makes it. */
    private Optional<DeliveryFacts> madeHere(Connection connection, UUID deliveryId) throws SQLException {
        return DeliveryFacts.find(connection, deliveryId)
                .filter(facts -> facts.state() == DeliveryState.WAITING || facts.state() == DeliveryState.HELD)
                .filter(facts -> facts.carrier() == database.carrier());
    }

    private Dispatch.Due opened(Connection connection, DeliveryFacts facts, long asked) throws SQLException {
        MessageKey key = facts.key(keys);
        byte[] document;
        try (PreparedStatement select =
                connection.prepareStatement("select sealed from content where message = ? and part = 0")) {
            select.setLong(1, facts.number());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("the record holds no document for message " + facts.messageId());
                }
                document = key.open(row.getBytes("sealed"), facts.identity().part(0));
            }
        }
        return new Dispatch.Due(
                facts.deliveryId(),
                facts.attempts() + 1,
                facts.receiver(),
                facts.messageId(),
                facts.sender(),
                facts.exchange(),
                facts.orderingKey(),
                Passage.Door.values()[facts.door()],
                Format.values()[facts.format()],
                document,
                facts.contentDigest(),
                attachments.of(connection, facts, key),
                facts.acceptedAt(),
                asked);
    }

    boolean heldBack(UUID deliveryId) {
        try (Connection connection = database.readers().getConnection()) {
            Optional<DeliveryFacts> facts = DeliveryFacts.find(connection, deliveryId)
                    .filter(found -> found.orderingKey().isPresent());
            if (facts.isEmpty()) {
                return false;
            }
            try (PreparedStatement select = connection.prepareStatement(OrderingKeys.BLOCKED)) {
                return OrderingKeys.blocked(select, facts.get());
            }
        } catch (SQLException e) {
            throw new NotRecorded("the delivery cannot be read", e);
        }
    }

    void ended(Dispatch.Ended ended) {
        if (ended instanceof Dispatch.LetGo) {
            return;
        }
        DeliveryFacts facts = facts(ended.due().deliveryId())
                .orElseThrow(() -> new IllegalArgumentException("the record knows no such delivery"));
        int attempts = ended.due().attempt();
        // Written as switch patterns once Java 17 is no longer the oldest.
        if (ended instanceof Dispatch.Acknowledged acknowledged) {
            Proof proof = new Proof(acknowledged.proof(), Optional.ofNullable(acknowledged.signature()));
            Digest digest = acknowledged.signed().digest();
            acknowledged(facts, EndWork.From.OPEN, attempts, digest, proof, acknowledged.at());
        } else if (ended instanceof Dispatch.Mailed mailed) {
            mailed(facts, mailed);
        } else if (ended instanceof Dispatch.Parked parked) {
            parked(facts, EndWork.From.OPEN, attempts, parked.status(), parked.code(), parked.text());
        } else if (ended instanceof Dispatch.Held) {
            EventBytes event = facts.event("held", clock.instant());
            end(facts, EndWork.From.WAITING, DeliveryState.HELD, facts.attempts(), EndWork.Answer.NONE, event);
        }
    }

    /** What a receiver acknowledges with is its own words, too: nothing of it is kept readable. */
    boolean acknowledged(DeliveryFacts facts, EndWork.From from, int attempts, Digest digest, Proof proof, Instant at) {
        Optional<byte[]> sealed = sealed(facts, proof);
        EventBytes event = facts.event("acknowledged", clock.instant())
                .text("acknowledgedAt", at.toString())
                .digest("digest", digest)
                .flag("signed", proof.signature().isPresent());
        ProofCheck.tell(event, proof, sealed);
        EndWork.Answer answer =
                new EndWork.Answer(Optional.empty(), Optional.empty(), Optional.of(digest.hash()), sealed);
        return end(facts, from, DeliveryState.DELIVERED, attempts, answer, event);
    }

    /** Empty when the key was destroyed while the delivery was on its way: what is said after that is not kept. */
    private Optional<byte[]> sealed(DeliveryFacts facts, Proof proof) {
        try {
            byte[] identity = facts.identity().acknowledgement(facts.deliveryId());
            return Optional.of(facts.key(keys).seal(proof.bytes(), identity));
        } catch (PayloadKeys.KeyMissing e) {
            try (Connection connection = database.readers().getConnection()) {
                if (DestroyedKeys.contain(connection, facts.keyName())) {
                    return Optional.empty();
                }
            } catch (SQLException away) {
                throw new NotRecorded("the list of destroyed keys cannot be read", away);
            }
            throw e;
        }
    }

    private void mailed(DeliveryFacts facts, Dispatch.Mailed mailed) {
        Dispatch.Signed signed = mailed.signed();
        byte[] sealed = facts.key(keys).seal(signed.payload(), facts.identity().mailed(facts.deliveryId()));
        EndWork.InMailbox entry = new EndWork.InMailbox(
                signed.contentType(),
                signed.signature(),
                signed.digest().hash(),
                sealed,
                MailedPayload.written(mailed.files()));
        EventBytes event = facts.event("mailed", clock.instant()).digest("digest", signed.digest());
        commits.run(new EndWork(
                facts,
                EndWork.From.WAITING,
                DeliveryState.MAILED,
                0,
                Columns.micros(clock.instant()),
                EndWork.Answer.NONE,
                Optional.of(entry),
                event));
    }

    /** A receiver's own words may say anything, also a name: only a code of ours is kept readable. */
    boolean parked(DeliveryFacts facts, EndWork.From from, int attempts, int status, String code, String text) {
        boolean shown = CODES.contains(code) || ProblemCode.ofCode(code).isPresent();
        String word = shown ? code : Dispatch.Parked.REFUSED;
        String kept = shown ? text : code + ": " + text;
        byte[] sealed = facts.key(keys)
                .seal(kept.getBytes(StandardCharsets.UTF_8), facts.identity().refusal(facts.deliveryId()));
        EndWork.Answer answer =
                EndWork.Answer.refusal(Optional.of(status == 0 ? word : status + " " + word), Optional.of(sealed));
        EventBytes event = facts.event("parked", clock.instant())
                .number("status", status)
                .text("code", word)
                .digest("answerDigest", Digest.of(sealed));
        return end(facts, from, DeliveryState.PARKED, attempts, answer, event);
    }

    private boolean end(
            DeliveryFacts facts,
            EndWork.From from,
            DeliveryState to,
            int attempts,
            EndWork.Answer answer,
            EventBytes event) {
        long now = Columns.micros(clock.instant());
        return commits.run(new EndWork(facts, from, to, attempts, now, answer, Optional.empty(), event));
    }

    Optional<DeliveryFacts> facts(UUID deliveryId) {
        try (Connection connection = database.readers().getConnection()) {
            return DeliveryFacts.find(connection, deliveryId);
        } catch (SQLException e) {
            throw new NotRecorded("the delivery cannot be read", e);
        }
    }
}
