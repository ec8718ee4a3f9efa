package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Header;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Whether this very message was accepted before: of this sender, under this id, in this exchange, with this content. Its
 * repeat records nothing, and gets the receipt of then. Another content under a used id is no repeat.
 */
public final class AcceptedBefore implements Stage<Passage.Validated, Boolean> {

    private static final String EARLIER = "select c.content_digest, m.exchange, m.version from claim c"
            + " join message m on m.number = c.message where c.sender = ? and c.message_id = ?";

    private final Database database;

    public AcceptedBefore(Database database) {
        this.database = database;
    }

    /** @throws Refusal {@code not-durable} when the record cannot be read */
    @Override
    public Boolean apply(Passage.Validated message) throws Refusal {
        ExchangeVersion exchange = message.header().exchange();
        byte[] digest = message.verified().contentDigest().hash();
        return earlier(
                message.header(),
                row -> row.next()
                        && Arrays.equals(row.getBytes("content_digest"), digest)
                        && row.getString("exchange").equals(exchange.exchange())
                        && row.getString("version").equals(exchange.version()));
    }

    /**
     * Whether this sender's message of this id was accepted before, with whatever content: nothing new is recorded of it.
     *
     * @throws Refusal {@code not-durable} when the record cannot be read
     */
    public boolean isUsed(Header header) throws Refusal {
        return earlier(header, ResultSet::next);
    }

    @FunctionalInterface
    private interface Look {
        boolean at(ResultSet row) throws SQLException;
    }

    private boolean earlier(Header header, Look look) throws Refusal {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(EARLIER)) {
            select.setString(1, header.sender().value());
            select.setBytes(2, Columns.id(header.messageId()));
            try (ResultSet row = select.executeQuery()) {
                return look.at(row);
            }
        } catch (SQLException e) {
            throw new Refusal(
                    ProblemCode.NOT_DURABLE, "Whether this is a repeat cannot be looked up in the record now.");
        }
    }
}
