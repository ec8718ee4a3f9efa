package io.chapar.record;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The database was brought up to date once, and yet a table is not there: somebody or something took it away. */
public final class TablesMissing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** All that the migrations make. */
    static final List<String> TABLES = List.of(
            "claim",
            "message",
            "certificate",
            "content",
            "receipt",
            "delivery",
            "mailed",
            "answer",
            "event",
            "ledger_entry",
            "ledger_checkpoint",
            "destroyed_key",
            "clock",
            "clock_mark",
            "clock_answer",
            "clock_number",
            "ledger_timestamp",
            "node",
            "common_ground",
            "sent_again");

    private TablesMissing(List<String> missing) {
        super("the database lacks what it had before, the table " + String.join(", ", missing)
                + ": restore it from its backup");
    }

    /**
     * Looks before anything is accepted: otherwise the first message would find it out.
     *
     * @throws TablesMissing naming them
     */
    static void check(Database database) throws IOException {
        Set<String> there = new HashSet<>();
        try (Connection connection = database.readers().getConnection();
                ResultSet table = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (table.next()) {
                there.add(table.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        } catch (SQLException e) {
            throw new IOException("the tables of the database cannot be listed", e);
        }
        List<String> missing =
                TABLES.stream().filter(table -> !there.contains(table)).toList();
        if (!missing.isEmpty()) {
            throw new TablesMissing(missing);
        }
    }
}
