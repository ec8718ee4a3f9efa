package io.chapar.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * During a rolling upgrade the newer node changes the tables while the older one goes on reading and writing them. So a
 * migration only adds, and nothing that it adds is asked of a row that the older one writes.
 */
class MigrationsTest {

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");

    /** Those before came out before there were two nodes, and can be changed no more. */
    private static final int BEFORE_THE_RULE = 6;

    private static final Pattern NUMBER = Pattern.compile("V([0-9]+)__[a-z_]+\\.sql");
    private static final Pattern NEW_TABLE = Pattern.compile("create table ([a-z_]+) .*");
    private static final Pattern INDEX = Pattern.compile("create (unique )?index [a-z_]+ on ([a-z_]+) .*");
    private static final Pattern COLUMN =
            Pattern.compile("alter table [a-z_]+ add column ((?!not null|primary key|unique|check|references).)*"
                    + "( not null default .*)?");

    @TempDir
    Path folder;

    static Stream<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    /** The statements that an older node could not live with. */
    private static List<String> tooMuch(String sql) {
        List<String> statements = Stream.of(sql.replaceAll("--[^\n]*", "").split(";"))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .filter(statement -> !statement.isEmpty())
                .toList();
        List<String> tables = statements.stream()
                .map(NEW_TABLE::matcher)
                .filter(Matcher::matches)
                .map(table -> table.group(1))
                .toList();
        return statements.stream().filter(each -> !adds(each, tables)).toList();
    }

    private static boolean adds(String statement, List<String> newTables) {
        Matcher index = INDEX.matcher(statement);
        if (index.matches()) {
            return index.group(1) == null || newTables.contains(index.group(2));
        }
        return NEW_TABLE.matcher(statement).matches()
                || COLUMN.matcher(statement).matches()
                || newTables.stream().anyMatch(table -> statement.startsWith("insert into " + table + " "));
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void a_migration_only_adds(Path file) throws IOException {
        Matcher name = NUMBER.matcher(String.valueOf(file.getFileName()));
        assertThat(name.matches()).as("V<number>__<what>.sql: %s", file).isTrue();
        if (Integer.parseInt(name.group(1)) > BEFORE_THE_RULE) {
            assertThat(tooMuch(Files.readString(file)))
                    .as("an older node that still runs could not live with it: docs/several-nodes.md, Upgrades")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table claim",
                "drop index delivery_waiting",
                "alter table message rename column door to gate",
                "alter table message drop column door",
                "alter table message alter column door type text",
                "alter table message add column gate text not null",
                "alter table message add column gate text unique",
                "alter table message add column gate bigint references claim (message)",
                "create unique index one_each on delivery (receiver)",
                "update delivery set carrier = 0",
                "delete from event",
                "insert into claim (sender) values ('MH')"
            })
    void refused(String sql) {
        assertThat(tooMuch("create table other (a text);\n" + sql + "; -- drop nothing"))
                .hasSize(1);
    }

    @Test
    void additions_are_let_through() {
        assertThat(tooMuch("""
                -- Drops nothing; comments may say what they like.
                create table batch (id ${bytes} not null primary key, node integer not null);
                create unique index batch_by_node on batch (node);
                insert into batch (id, node) values ('', 1);
                alter table message add column gate text;
                alter table message add column seen bigint not null default 0;
                create index message_by_gate on message (gate) where gate is not null;
                """)).isEmpty();
    }

    @Test
    void a_node_starts_beside_a_newer_one_that_has_added_to_the_tables() throws Exception {
        Databases.SQLITE.open(folder).close();
        try (Database newer = Database.existing("", folder);
                Connection connection = newer.openWriter();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table delivery add column of_a_newer_node text");
            statement.execute(
                    "insert into \"flyway_schema_history\" (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, execution_time, success)"
                            + " values (999, '999', 'newer', 'SQL', 'V999__newer.sql', 1, '', 1, 1)");
            connection.commit();
        }

        try (Database older = Database.open("", folder);
                Connection connection = older.readers().getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
