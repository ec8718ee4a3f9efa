package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Parked deliveries wait again. What is held behind one of them stays held: the end of the one before lets the next go
 * on, and a day's backlog of one key is not written in one transaction. Only what is still parked since the moment in
 * which it was seen: of two who send the same again, one does; and what its receiver refused once more is to be looked
 * at once more. The tickets are of those that wait again, in the order in which they are to go.
 */
final class SendAgainWork implements Work<List<Ticket>> {

    private static final String WAIT_AGAIN = "update delivery set state = 0, since = ?, visible_at = 0, answer = null,"
            + " answer_text = null, carrier = ?"
            + " where delivery_id = ? and state = 2 and since = ?";

    private static final String NOTE = "insert into sent_again (delivery_id, at, by_login) values (?, ?, ?)";

    /** One of them as it was seen. */
    record Seen(DeliveryFacts facts, Instant since) {}

    private final List<Seen> parked;
    private final String by;
    private final Instant now;
    private List<Ticket> sent = List.of();

    /** @param parked in the order of acceptance */
    SendAgainWork(List<Seen> parked, String by, Instant now) {
        this.parked = List.copyOf(parked);
        this.by = by;
        this.now = now;
    }

    @Override
    public void write(Writing writing, boolean guarded) throws SQLException {
        sent = new ArrayList<>();
        for (Seen one : parked) {
            DeliveryFacts facts = one.facts();
            PreparedStatement update = writing.statement(WAIT_AGAIN);
            update.setLong(1, Columns.micros(now));
            update.setInt(2, writing.carrier());
            update.setBytes(3, Columns.id(facts.deliveryId()));
            update.setLong(4, Columns.micros(one.since()));
            if (update.executeUpdate() == 1) {
                note(writing, facts);
                writing.event(facts.event("sent-again", now).text("by", by));
                writing.ticket(facts.ticket());
                sent.add(facts.ticket());
            }
        }
    }

    private void note(Writing writing, DeliveryFacts facts) throws SQLException {
        PreparedStatement note = writing.batch(NOTE);
        note.setBytes(1, Columns.id(facts.deliveryId()));
        note.setLong(2, Columns.micros(now));
        note.setString(3, by);
        note.addBatch();
    }

    @Override
    public List<Ticket> finish(Writing writing) {
        return sent;
    }
}
