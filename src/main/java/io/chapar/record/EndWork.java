package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A delivery changes its state, with the event that tells it. The statement that changes it decides whether it still
 * could: what ended before does not end twice, and then nothing is written.
 */
final class EndWork implements Work<Boolean> {

    private static final String END = "update delivery set state = ?, since = ?, attempts = ?, visible_at = 0,"
            + " answer = ?, answer_text = ?, digest = ?, sealed_proof = ? where delivery_id = ?";
    private static final String FROM_OPEN = END + " and state < 4";
    private static final String FROM_WAITING = END + " and state < 2";
    private static final String FROM_MAILED = END + " and state = 3";
    private static final String MAILED = "insert into mailed (delivery_id, content_type, signature, digest, sealed,"
            + " files) values (?, ?, ?, ?, ?, ?) on conflict (delivery_id) do update set content_type = excluded.content_type,"
            + " signature = excluded.signature, digest = excluded.digest, sealed = excluded.sealed,"
            + " files = excluded.files";

    /** From which states it may come. */
    enum From {
        OPEN(FROM_OPEN),
        WAITING(FROM_WAITING),
        MAILED(FROM_MAILED);

        private final String sql;

        From(String sql) {
            this.sql = sql;
        }
    }

    /** What lies in the mailbox from now on; with it, where in the payload its files belong. */
    record InMailbox(
            String contentType, Optional<String> signature, byte[] digest, byte[] sealed, Optional<String> files) {}

    /** What the receiver said: the words of a refusal and a proof only sealed. */
    record Answer(
            Optional<String> code, Optional<byte[]> sealedText, Optional<byte[]> digest, Optional<byte[]> sealedProof) {
        static final Answer NONE = refusal(Optional.empty(), Optional.empty());

        static Answer refusal(Optional<String> code, Optional<byte[]> sealedText) {
            return new Answer(code, sealedText, Optional.empty(), Optional.empty());
        }
    }

    private final DeliveryFacts facts;
    private final From from;
    private final DeliveryState to;
    private final int attempts;
    private final long now;
    private final Answer answer;
    private final Optional<InMailbox> mailbox;
    private final EventBytes event;
    private boolean changed;

    EndWork(
            DeliveryFacts facts,
            From from,
            DeliveryState to,
            int attempts,
            long now,
            Answer answer,
            Optional<InMailbox> mailbox,
            EventBytes event) {
        this.facts = facts;
        this.from = from;
        this.to = to;
        this.attempts = attempts;
        this.now = now;
        this.answer = answer;
        this.mailbox = mailbox;
        this.event = event;
    }

    @Override
    public Optional<String> guard() {
        return Optional.of(from.sql);
    }

    @Override
    public void bindGuard(Writing writing, PreparedStatement update) throws SQLException {
        update.setInt(1, to.ordinal());
        update.setLong(2, now);
        update.setInt(3, attempts);
        Columns.text(update, 4, answer.code());
        Columns.bytes(update, 5, answer.sealedText().orElse(null));
        Columns.bytes(update, 6, answer.digest().orElse(null));
        Columns.bytes(update, 7, answer.sealedProof().orElse(null));
        update.setBytes(8, Columns.id(facts.deliveryId()));
    }

    @Override
    public void write(Writing writing, boolean guarded) throws SQLException {
        changed = guarded;
        if (!changed) {
            return;
        }
        writing.event(event);
        if (mailbox.isPresent()) {
            PreparedStatement row = writing.batch(MAILED);
            row.setBytes(1, Columns.id(facts.deliveryId()));
            row.setString(2, mailbox.get().contentType());
            Columns.text(row, 3, mailbox.get().signature());
            row.setBytes(4, mailbox.get().digest());
            row.setBytes(5, mailbox.get().sealed());
            Columns.text(row, 6, mailbox.get().files());
            row.addBatch();
        }
    }

    /** Whether it ended now. */
    @Override
    public Boolean finish(Writing writing) throws SQLException {
        if (changed && to == DeliveryState.PARKED) {
            Corrections.parked(writing, facts.number(), Columns.time(now));
        }
        if (changed && letsOthersGoOn(writing)) {
            // Also without an ordering key: what corrects it is held behind it.
            OrderingKeys.releaseNext(writing, facts.receiver(), facts.deliveryKey(), now);
        }
        return changed;
    }

    /** One that is held looks once more: what it waits for may have ended since it was found to be in the way. */
    private boolean letsOthersGoOn(Writing writing) throws SQLException {
        return to != DeliveryState.HELD || !OrderingKeys.blocked(writing.statement(OrderingKeys.BLOCKED), facts);
    }
}
