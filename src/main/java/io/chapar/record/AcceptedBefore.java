package io.chapar.record;

import io.chapar.message.Header;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whether this very message was accepted before: of this sender, under this id, in this exchange, with this content. Its
 * repeat records nothing, and gets the receipt of then. Another content under a used id is no repeat.
 */
public final class AcceptedBefore implements Stage<Passage.Validated, Boolean> {

    private static final String SAME = "select 1 from claim c join message m on m.number = c.message where c.sender = ?"
            + " and c.message_id = ? and c.content_digest = ? and m.exchange = ? and m.version = ?";

    private final Database database;

    public AcceptedBefore(Database database) {
        this.database = database;
    }

    /** @throws Refusal {@code not-durable} when the record cannot be read */
    @Override
    public Boolean apply(Passage.Validated message) throws Refusal {
        Header header = message.header();
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(SAME)) {
            select.setString(1, header.sender().value());
            select.setBytes(2, Columns.id(header.messageId()));
            select.setBytes(3, message.verified().contentDigest().hash());
            select.setString(4, header.exchange().exchange());
            select.setString(5, header.exchange().version());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new Refusal(
                    ProblemCode.NOT_DURABLE, "Whether this is a repeat cannot be looked up in the record now.");
        }
    }
}
