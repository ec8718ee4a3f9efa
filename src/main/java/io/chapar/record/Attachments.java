package io.chapar.record;

import io.chapar.message.FileContent;
import io.chapar.message.Passage;
import io.chapar.trust.MessageKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attachments of what was recorded: small ones in the record itself, the others in the store. */
final class Attachments {

    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
    private static final String OF_MESSAGE = "select part, content_id, media_type, sealed, file from content"
            + " where message = ? and part > 0 order by part";

    private final Database database;
    private final AttachmentStore store;

    Attachments(Database database, AttachmentStore store) {
        this.database = database;
        this.store = store;
    }

    List<Passage.Attachment> of(Connection connection, DeliveryFacts facts, MessageKey key) throws SQLException {
        List<Passage.Attachment> attachments = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OF_MESSAGE)) {
            select.setLong(1, facts.number());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] plain =
                            key.open(row.getBytes("sealed"), facts.identity().part(row.getInt("part")));
                    byte[] file = row.getBytes("file");
                    FileContent content = file == null ? FileContent.of(plain) : store.stored(file, plain);
                    attachments.add(
                            new Passage.Attachment(row.getString("content_id"), row.getString("media_type"), content));
                }
            }
        }
        return attachments;
    }

    /** Deletes those to which the record does not refer. What cannot be asked or deleted now is swept later. */
    void discard(Collection<Passage.Attachment> attachments) {
        for (Passage.Attachment attachment : attachments) {
            if (attachment.content() instanceof StoredFile file && !refersTo(file)) {
                store.discard(file);
            }
        }
    }

    private boolean refersTo(StoredFile file) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement("select 1 from content where file = ?")) {
            select.setBytes(1, file.reference());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            LOG.debug("whether a file belongs to something is asked later", e);
            return true;
        }
    }
}
