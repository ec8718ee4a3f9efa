package io.chapar.app.command;

import io.chapar.habits.Program;
import io.chapar.record.BareRecord;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A record in PostgreSQL is dumped and restored by PostgreSQL's own programs; what lies beside it and the word in the ledger are ours. */
class PostgresBackupTest {

    @TempDir
    Path folder;

    private BareRecord record;

    private record Said(int code, String text) {}

    @BeforeEach
    void open() throws Exception {
        record = BareRecord.empty(folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("ledger.vkey"), record.verifierKey());
        TestCertificates.in(folder.resolve("certificates"));
        Files.copy(folder.resolve("certificates/ca.cert.pem"), data.resolve("timestamps.cert.pem"));
    }

    private Said says(BareRecord of, String command, String... more) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        String[] words = Stream.of(Stream.of(command.split(" ")), Stream.of("--database=" + of.url()), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return new Said(Commands.run(new CommandLine(new Commands()).setOut(out).setErr(out), words), said.toString());
    }

    private String option(String name, String place) {
        return "--" + name + "=" + folder.resolve(place);
    }

    private Said backup(String... dump) {
        String[] words = Stream.concat(
                        Stream.of(
                                option("data", "data"),
                                option("keys", "keys"),
                                option("attachments", "attachments"),
                                option("to", "backup"),
                                option("keys-to", "keys-copy")),
                        Stream.of(dump))
                .toArray(String[]::new);
        return says(record, "backup", words);
    }

    private Said dumped() {
        return backup(
                "--",
                Program.needed("pg_dump").toString(),
                "--format=custom",
                "--file=" + folder.resolve("backup/chapar.dump"),
                "--dbname=" + address(record));
    }

    private static String address(BareRecord of) {
        return of.url().substring("jdbc:".length());
    }

    private BareRecord loaded() throws IOException, InterruptedException {
        BareRecord into = BareRecord.withoutTables(folder);
        Process program = new ProcessBuilder(
                        Program.needed("pg_restore").toString(),
                        "--exit-on-error",
                        "--dbname=" + address(into),
                        folder.resolve("backup/chapar.dump").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        return into;
    }

    private Said restore(BareRecord into) {
        return says(
                into,
                "restore",
                option("from", "backup"),
                option("data", "again"),
                option("keys", "keys"),
                option("attachments", "attachments"));
    }

    @Test
    void what_was_dumped_is_there_again_and_the_ledger_proves_what_came_after() throws Exception {
        List<UUID> before = record.accept(3);
        Said made = dumped();
        assertThat(made.code()).as(made.text()).isZero();
        assertThat(made.text()).containsPattern("events +3\\n").containsPattern("attachments +3\\n");
        assertThat(folder.resolve("backup/SHA256SUMS"))
                .content()
                .contains("  chapar.dump\n", "  checkpoint\n", "  ledger.vkey\n", "  attachments/");
        List<UUID> after = record.accept(2);
        Files.writeString(
                folder.resolve("later"), says(record, "ledger checkpoint").text());
        Files.move(folder.resolve("attachments"), folder.resolve("lost"));

        BareRecord again = loaded();
        Said restored = restore(again);

        assertThat(restored.code()).as(restored.text()).isZero();
        assertThat(restored.text())
                .contains("2 entries are missing, from entry 3 on: the ledger had 5")
                .doesNotContain("Without its key");
        for (UUID delivery : before) {
            assertThat(again.due(delivery)).hasValueSatisfying(due -> {
                assertThat(new String(due.document(), StandardCharsets.UTF_8)).startsWith("{\"n\":");
                assertThat(due.attachments().get(0).content().size()).isPositive();
            });
        }
        for (UUID delivery : after) {
            assertThat(again.due(delivery)).isEmpty();
        }
        itIsProven(again);
        again.accept(1);
        assertThat(says(again, "ledger verify", option("data", "again")).text()).contains("The ledger verifies.");
    }

    private void itIsProven(BareRecord again) {
        Said held = says(
                again,
                "ledger verify",
                option("data", "again"),
                option("since-checkpoint", "later"),
                option("since-checkpoint", "backup/checkpoint"));
        assertThat(held.code()).isEqualTo(1);
        assertThat(held.text())
                .contains("goes on from the checkpoint of 3 entries")
                .contains("does not go on from the checkpoint of 5 entries")
                .containsPattern("missing +2\\n")
                .contains("The ledger says in its entry 3 that it was restored");
    }

    @Test
    void a_record_that_came_back_by_other_means_says_what_it_lost() throws Exception {
        record.accept(2);
        dumped();
        record.accept(1);
        BareRecord again = loaded();

        Said told = says(again, "ledger restored", option("data", "data"), option("keys", "keys"));

        assertThat(told.code()).as(told.text()).isZero();
        assertThat(told.text()).contains("1 entries are missing, from entry 2 on: the ledger had 3");
        assertThat(folder.resolve("keys/ledger.checkpoint")).doesNotExist();
        assertThat(folder.resolve("keys/ledger.checkpoint-3")).isRegularFile();
    }

    @Test
    void refused_when_the_dump_was_not_restored_before() throws Exception {
        record.accept(2);
        dumped();

        Said nothing = restore(BareRecord.withoutTables(folder));
        Said another = restore(BareRecord.empty(folder));

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.text()).contains("the database holds no record: restore the backup's dump into it first");
        assertThat(another.code()).isEqualTo(2);
        assertThat(another.text()).contains("the database does not hold the ledger of this backup");
    }

    @Test
    void refused_when_the_dump_fails_and_not_taken_for_a_backup() throws Exception {
        record.accept(1);
        assertThat(backup("--", "false").text()).contains("false ended with 1; this backup is not complete");

        Said restored = restore(record);

        assertThat(restored.code()).isEqualTo(2);
        assertThat(restored.text()).contains("is no complete backup");
    }

    @Test
    void refused_when_the_command_leaves_no_dump_in_the_backup() throws Exception {
        record.accept(1);

        Said said = backup("--", "true");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("the command ended well and left no dump in");
        assertThat(restore(record).text()).contains("is no complete backup");
    }

    @Test
    void refused_when_nothing_dumps_the_database() {
        Said said = backup();

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("a PostgreSQL is dumped by a command after --");
    }
}
