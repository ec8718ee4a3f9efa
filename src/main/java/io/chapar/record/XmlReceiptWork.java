package io.chapar.record;

import io.chapar.message.Receipt;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A receipt's second form, kept when it is wanted for the first time: signing both for every message would be a third of
 * what acceptance costs, and most senders read one. Whoever comes first decides the bytes; all later ones get the same.
 */
record XmlReceiptWork(Receipt receipt, byte[] xml) implements Work<byte[]> {

    /** Stands in the record for a form that nobody has wanted yet. */
    static final byte[] NOT_WANTED = {};

    static Optional<byte[]> wanted(byte[] recorded) {
        return recorded.length == 0 ? Optional.empty() : Optional.of(recorded);
    }

    @Override
    public Optional<String> guard() {
        return Optional.of("update receipt set xml = ? where receipt_id = ? and length(xml) = 0 and message ="
                + " (select message from claim where sender = ? and message_id = ?)");
    }

    @Override
    public void bindGuard(Writing writing, PreparedStatement update) throws SQLException {
        update.setBytes(1, xml);
        update.setBytes(2, Columns.id(receipt.receiptId()));
        update.setString(3, receipt.sender().value());
        update.setBytes(4, Columns.id(receipt.messageId()));
    }

    @Override
    public void write(Writing writing, boolean guarded) {
        // the guard has written it, or another one before
    }

    @Override
    public byte[] finish(Writing writing) throws SQLException {
        PreparedStatement select = writing.statement("select r.xml from receipt r join claim c on c.message = r.message"
                + " where c.sender = ? and c.message_id = ?");
        select.setString(1, receipt.sender().value());
        select.setBytes(2, Columns.id(receipt.messageId()));
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("a receipt that was told is not in the record");
            }
            return row.getBytes(1);
        }
    }
}
