package io.chapar.record;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What belongs to the record and lies beside it, of messages whose key was not destroyed. */
public final class Belongings {

    private static final int FETCHED = 1_000;
    private static final String NOT_DESTROYED =
            " not exists (select 1 from destroyed_key d where d.key_name = m.key_name)";

    private Belongings() {}

    /** Names of files below the folder of attachments, with a slash in between. */
    public static List<String> attachments(Database database) throws SQLException {
        return column(
                database,
                "select c.file from content c join message m on m.number = c.message where c.file is not null and"
                        + NOT_DESTROYED);
    }

    /** Names of the keys without which something in the record cannot be read. */
    public static List<String> keys(Database database) throws SQLException {
        return column(database, "select distinct m.key_name from message m where" + NOT_DESTROYED);
    }

    private static List<String> column(Database database, String sql) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCHED);
            List<String> values = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    values.add(new String(row.getBytes(1), StandardCharsets.UTF_8));
                }
            }
            return values;
        }
    }
}
