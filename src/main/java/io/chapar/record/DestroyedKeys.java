package io.chapar.record;

import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that were destroyed, as the record lists them. The list is never cut: a key file may come back from a copy. */
public final class DestroyedKeys {

    private static final String DESTROY = "insert into destroyed_key (key_name, destroyed_at, destroyed_by)"
            + " values (?, ?, ?) on conflict (key_name) do nothing";

    private DestroyedKeys() {}

    /**
     * Destroys once more what the record says is destroyed, before anything is read under it: the key file may have been
     * brought back from before.
     *
     * @return how many had come back
     */
    public static int destroyAgain(Database database, PayloadKeys keys) throws IOException {
        List<String> back = new ArrayList<>();
        try (Connection connection = database.readers().getConnection()) {
            for (String name : keys.names()) {
                if (contain(connection, name)) {
                    back.add(name);
                }
            }
        } catch (SQLException e) {
            throw new IOException("the list of destroyed keys cannot be read", e);
        }
        keys.destroy(back);
        return back.size();
    }

    static boolean contain(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from destroyed_key where key_name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** A key is entered, with the event; nothing when it was before. */
    record Destruction(String name, Instant at, String by) implements Work<Boolean> {

        @Override
        public Optional<String> guard() {
            return Optional.of(DESTROY);
        }

        @Override
        public void bindGuard(Writing writing, PreparedStatement insert) throws SQLException {
            insert.setString(1, name);
            insert.setLong(2, Columns.micros(at));
            insert.setString(3, by);
        }

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            if (guarded) {
                writing.event(
                        EventBytes.of("key-destroyed", at).text("key", name).text("by", by));
            }
        }

        @Override
        public Boolean finish(Writing writing) {
            return true;
        }
    }
}
