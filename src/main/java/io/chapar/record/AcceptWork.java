package io.chapar.record;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Receipt;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A message, its claim on its id, its receipt, its deliveries and the event. */
final class AcceptWork implements Work<Acceptance> {

    private static final String INSERT_RECEIPT = "insert into receipt (message, receipt_id, due, met, merge_delay, jws,"
            + " xml) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_DELIVERY = "insert into delivery (message, delivery_id, receiver, ordering_key,"
            + " priority, goes_on, state, since, attempts, visible_at, carrier) values (?, ?, ?, ?, ?, ?, 0, ?, 0, 0, ?)";

    private final NewMessage message;
    private final SealedMessage sealed;
    private final boolean signerKnown;
    private long number;
    private boolean claimed;

    AcceptWork(NewMessage message, SealedMessage sealed, boolean signerKnown) {
        this.message = message;
        this.sealed = sealed;
        this.signerKnown = signerKnown;
    }

    @Override
    public Optional<String> guard() {
        return Optional.of(message.clocks().notice() ? SealedMessage.CLAIM_NOTICE : SealedMessage.CLAIM);
    }

    @Override
    public void bindGuard(Writing writing, PreparedStatement claim) throws SQLException {
        number = writing.nextMessage();
        sealed.bindClaim(claim, number);
        if (message.clocks().notice()) {
            // Only while its clock runs, and has run out: what was awaited may have come a moment ago.
            claim.setBytes(5, Columns.id(sealed.header().messageId()));
            claim.setLong(6, Columns.micros(message.receipt().acceptedAt()));
        }
    }

    @Override
    public void write(Writing writing, boolean guarded) throws SQLException {
        claimed = guarded;
        if (!claimed) {
            return;
        }
        sealed.write(writing, number, message.corrected(), message.tickets().size(), signerKnown);
        writeReceipt(writing);
        for (Ticket ticket : message.tickets()) {
            writeDelivery(writing, ticket);
        }
        writing.event(sealed.event("accepted")
                .text("action", sealed.header().action().name().toLowerCase(Locale.ROOT))
                .id("corrects", sealed.header().corrects())
                .id("receiptId", message.receipt().receiptId())
                .digest("receiptDigest", Digest.of(message.jws()))
                .deliveries(message.tickets()));
    }

    private void writeReceipt(Writing writing) throws SQLException {
        PreparedStatement row = writing.batch(INSERT_RECEIPT);
        Optional<Receipt.Deadline> deadline = message.receipt().deadline();
        row.setLong(1, number);
        row.setBytes(2, Columns.id(message.receipt().receiptId()));
        row.setObject(3, deadline.map(term -> Columns.micros(term.due())).orElse(null), java.sql.Types.BIGINT);
        row.setObject(4, deadline.map(term -> term.met() ? 1 : 0).orElse(null), java.sql.Types.SMALLINT);
        row.setLong(5, Columns.micros(message.receipt().mergeDelay()));
        row.setBytes(6, message.jws());
        row.setBytes(7, message.xml().orElse(XmlReceiptWork.NOT_WANTED));
        row.addBatch();
    }

    private void writeDelivery(Writing writing, Ticket ticket) throws SQLException {
        PreparedStatement row = writing.batch(INSERT_DELIVERY);
        row.setLong(1, number);
        row.setBytes(2, Columns.id(ticket.deliveryId()));
        row.setString(3, ticket.receiver().value());
        Columns.text(row, 4, ticket.orderingKey());
        row.setInt(5, ticket.priority());
        row.setInt(6, message.authorised().agreement().onPark() == Agreement.OnPark.CONTINUE ? 1 : 0);
        row.setLong(7, Columns.micros(message.receipt().acceptedAt()));
        row.setInt(8, writing.carrier());
        row.addBatch();
        writing.ticket(ticket);
    }

    @Override
    public Acceptance finish(Writing writing) throws SQLException {
        if (claimed) {
            followUp(writing);
            return new Acceptance.New();
        }
        PreparedStatement select = writing.statement("select c.content_digest, m.bytes_digest, m.accepted_at, r.*"
                + " from claim c left join message m on m.number = c.message"
                + " left join receipt r on r.message = c.message where c.sender = ? and c.message_id = ?");
        select.setString(1, sealed.header().sender().value());
        select.setBytes(2, Columns.id(sealed.header().messageId()));
        try (ResultSet row = select.executeQuery()) {
            boolean same = row.next()
                    && Arrays.equals(
                            row.getBytes("content_digest"),
                            sealed.contentDigest().hash())
                    && row.getBytes("jws") != null;
            return same ? repeat(row) : new Acceptance.Reused();
        }
    }

    private void followUp(Writing writing) throws SQLException {
        Instant at = message.receipt().acceptedAt();
        if (message.corrected().isPresent()) {
            Corrections.follow(writing, message.corrected().get(), number, at);
        }
        if (message.clocks().notice()) {
            Clocks.noticeSent(writing, sealed.header(), at);
        }
        long original = message.corrected().map(Corrected::original).orElse(number);
        new ClockWrites(writing, sealed.header(), number, original, at, message.clocks()).write();
    }

    private Acceptance repeat(ResultSet row) throws SQLException {
        long due = row.getLong("due");
        Optional<Receipt.Deadline> deadline = row.wasNull()
                ? Optional.empty()
                : Optional.of(new Receipt.Deadline(Columns.time(due), row.getInt("met") == 1));
        Receipt receipt = new Receipt(
                Columns.id(row, "receipt_id"),
                sealed.header().messageId(),
                sealed.header().exchange(),
                sealed.header().sender(),
                sealed.contentDigest(),
                Columns.digest(row, "bytes_digest"),
                Columns.time(row, "accepted_at"),
                deadline,
                java.time.Duration.of(row.getLong("merge_delay"), java.time.temporal.ChronoUnit.MICROS));
        return new Acceptance.Repeat(receipt, row.getBytes("jws"), XmlReceiptWork.wanted(row.getBytes("xml")));
    }
}
