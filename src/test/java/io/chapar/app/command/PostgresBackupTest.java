package io.chapar.app.command;

import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerWriter;
import io.chapar.message.Digest;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.LedgerTables;
import io.chapar.record.MessageRecord;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A record in PostgreSQL is dumped by whatever command is given; the rest is the same. */
class PostgresBackupTest {

    private static final String ORIGIN = "test.chapar/ledger";

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private String url = "";

    private record Said(int code, String text) {}

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        url = postgres.getJdbcUrl("postgres", "postgres");
        try (Database database = Database.open(url, folder.resolve("data"))) {
            recorded(database);
        }
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("ledger.vkey"), key().verifierKey());
        DevelopmentPki.make(folder.resolve("certificates"));
        Files.copy(folder.resolve("certificates/ca.cert.pem"), folder.resolve("data/timestamps.cert.pem"));
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private NoteKey key() throws IOException {
        return NoteKey.open(folder.resolve("keys"), Optional.empty(), ORIGIN, Clock.systemUTC());
    }

    /** Three more events, in the ledger. */
    private void recorded(Database database) throws IOException {
        PayloadKeys keys = PayloadKeys.open(folder.resolve("keys"), Optional.empty());
        keys.forNew("birth-notification/2031-11-29");
        AttachmentStore store = AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC());
        CheckpointFile newest = new CheckpointFile(folder.resolve("keys"));
        try (MessageRecord record = new MessageRecord(database, keys, store, Clock.systemUTC());
                LedgerTables tables = record.ledgerTables(database);
                LedgerWriter writer = new LedgerWriter(tables, key(), ORIGIN, newest, Clock.systemUTC())) {
            for (String what : List.of("agreements", "parties", "settings")) {
                record.configurationChanged(what, Digest.of(new byte[0]));
            }
            assertThat(writer.write()).isEqualTo(3);
        }
    }

    private Said says(String command, String data, String... more) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        String[] words = Stream.of(
                        Stream.of(command.split(" ")),
                        Stream.of(
                                "--database=" + url,
                                "--data=" + folder.resolve(data),
                                "--keys=" + folder.resolve("keys")),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return new Said(Commands.run(new CommandLine(new Commands()).setOut(out).setErr(out), words), said.toString());
    }

    private Said backup(String script) {
        return says("backup", "data", "--to=" + folder.resolve("backup"), "--", "sh", "-c", script);
    }

    @Test
    void the_dump_is_part_of_the_backup_and_the_restored_ledger_says_what_is_missing() throws Exception {
        // What stands for the dump is as old as the backup; the record goes on, so nothing at all is missing.
        Said made = backup("echo rows > " + folder.resolve("backup/chapar.dump"));
        assertThat(made.code()).as(made.text()).isZero();
        assertThat(folder.resolve("backup/SHA256SUMS")).content().contains("  chapar.dump\n", "  ledger.vkey\n");

        Said restored = says("restore", "again", "--from=" + folder.resolve("backup"));

        assertThat(restored.code()).as(restored.text()).isZero();
        assertThat(restored.text()).contains("Entry 3 of the ledger says that it was restored", "No checkpoint");
        assertThat(folder.resolve("again/ledger.vkey")).hasSameBinaryContentAs(folder.resolve("data/ledger.vkey"));
        assertThat(says("ledger verify", "again").text()).contains("The ledger verifies.");
    }

    @Test
    void a_record_that_came_back_by_other_means_says_what_it_lost() throws Exception {
        Files.copy(folder.resolve("keys/ledger.checkpoint"), folder.resolve("early"));
        lostAllButTheTables();

        Said told = says("ledger restored", "data", "--lost-checkpoint=" + folder.resolve("early"));

        assertThat(told.code()).as(told.text()).isZero();
        assertThat(told.text()).contains("3 entries are missing, from entry 0 on: the ledger had 3");
        assertThat(folder.resolve("keys/ledger.checkpoint")).doesNotExist();
        assertThat(folder.resolve("keys/ledger.checkpoint-3")).isRegularFile();
        Said verified = says("ledger verify", "data", "--since-checkpoint=" + folder.resolve("early"));
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.text()).contains("The ledger says in its entry 0 that it was restored");
    }

    private void lostAllButTheTables() throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from event");
            statement.execute("delete from ledger_entry");
            statement.execute("delete from ledger_checkpoint");
        }
    }

    @Test
    void missing_entries_are_counted_although_nobody_said_that_it_was_restored() throws Exception {
        Files.copy(folder.resolve("keys/ledger.checkpoint"), folder.resolve("early"));
        lostAllButTheTables();

        Said verified = says("ledger verify", "data", "--since-checkpoint=" + folder.resolve("early"));

        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.text()).containsPattern("missing, at least +3\\n").containsPattern("that is missing +0\\n");
    }

    @Test
    void refused_when_the_dump_fails_and_not_taken_for_a_backup() {
        assertThat(backup("exit 3").text()).contains("ended with 3", "not complete");

        Said restored = says("restore", "again", "--from=" + folder.resolve("backup"));
        assertThat(restored.code()).isEqualTo(2);
        assertThat(restored.text()).contains("is no complete backup");
    }

    @Test
    void refused_when_nothing_dumps_the_database() {
        Said said = says("backup", "data", "--to=" + folder.resolve("backup"));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("a PostgreSQL is dumped by a command after --");
    }
}
