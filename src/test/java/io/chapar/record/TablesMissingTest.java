package io.chapar.record;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TablesMissingTest {

    @TempDir
    Path folder;

    private void say(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chapar.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void all_that_the_migrations_make_and_nothing_else_is_looked_for() throws IOException, SQLException {
        List<String> made = new ArrayList<>();
        try (Database database = Database.open("", folder)) {
            try (Connection connection = database.readers().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet table = statement.executeQuery(
                            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")) {
                while (table.next()) {
                    made.add(table.getString(1));
                }
            }
        }

        assertThat(TablesMissing.TABLES).doesNotHaveDuplicates().hasSize(made.size() - 1);
        assertThat(made).containsAll(TablesMissing.TABLES).contains("flyway_schema_history");
    }

    @Test
    void those_that_are_gone_are_named() throws IOException, SQLException {
        Database.open("", folder).close();
        say("drop table ledger_entry");
        say("alter table clock rename to o_clock");

        assertThatThrownBy(() -> Database.open("", folder))
                .isInstanceOf(TablesMissing.class)
                .hasMessageContaining("ledger_entry")
                .hasMessageContaining("clock")
                .hasMessageContaining("restore it from its backup");
    }
}
