package io.chapar.record;

import io.chapar.ledger.Checkpoint;
import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.LedgerWriter;
import io.chapar.ledger.Prefix;
import io.chapar.message.Digest;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A record that is older than a checkpoint of its ledger, and what the ledger says of it. */
class RestorationTest {

    private static final String ORIGIN = "test.chapar/ledger";
    private static final Instant AT = Instant.parse("2026-11-29T08:00:00.123456Z");

    @TempDir
    Path folder;

    private NoteKey key(String keys) throws IOException {
        return NoteKey.open(folder.resolve(keys), Optional.empty(), ORIGIN, Clock.systemUTC());
    }

    /** The checkpoint after this many events of a ledger, the last of them of this kind. */
    private Checkpoint ledger(Database database, int events, String last) throws IOException {
        CheckpointFile file = new CheckpointFile(folder.resolve("keys"));
        try (MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC());
                LedgerTables tables = record.ledgerTables(database);
                LedgerWriter writer = new LedgerWriter(tables, key("keys"), ORIGIN, file, Clock.systemUTC())) {
            for (int i = (int) new LedgerRows(database).recorded(); i < events; i++) {
                record.configurationChanged(i == events - 1 ? last : "parties", Digest.of(new byte[] {(byte) i}));
            }
            writer.write();
        }
        return file.read(key("keys").verifierKey()).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_that_only_grew_goes_on_from_every_checkpoint_of_its_own(Databases kind) throws Exception {
        try (Database database = kind.open(folder)) {
            Checkpoint early = ledger(database, 3, "parties");
            Checkpoint late = ledger(database, 8, "parties");

            assertThat(early.size()).isEqualTo(3);
            assertThat(late.size()).isEqualTo(8);
            assertThat(Prefix.holds(new LedgerRows(database), early)).isTrue();
            assertThat(Prefix.holds(new LedgerRows(database), late)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_told_that_a_ledger_has_less_entries_or_others(Databases kind) throws Exception {
        Path lost = Files.createDirectory(folder.resolve("lost"));
        try (Database before = kind.open(lost);
                Database restored = kind.open(folder)) {
            ledger(before, 3, "parties");
            ledger(restored, 3, "parties");
            // Times are part of events, so that these are two ledgers from the first entry on.
            Checkpoint other = ledger(before, 6, "agreements");

            assertThat(Prefix.holds(new LedgerRows(restored), other)).isFalse();
            ledger(restored, 6, "agreements");
            assertThat(Prefix.holds(new LedgerRows(restored), other)).isFalse();
            ledger(restored, 20, "agreements");
            assertThat(Prefix.holds(new LedgerRows(restored), other)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_ledger_says_at_which_entry_it_was_restored_and_what_it_lost_and_verifies(Databases kind) throws Exception {
        try (Database database = kind.open(folder)) {
            ledger(database, 5, "parties");
            Checkpoint lost = new Checkpoint(ORIGIN, 9, new byte[32]);

            Restoration told = Restoration.record(database, Optional.of(lost), AT);

            assertThat(told).isEqualTo(new Restoration(5, AT, Optional.of(9L)));
            byte[] event = new LedgerRows(database).events(5, 1).get(0);
            assertThat(Restoration.of(5, event)).contains(told);
            assertThat(new String(event, StandardCharsets.UTF_8))
                    .contains("\"lostRoot\":\"" + Digest.ofHash(new byte[32]).value());
            ledger(database, 7, "parties");
            LedgerVerification.Finding finding = new LedgerVerification(
                            database.readers(), ORIGIN, key("keys").verifierKey())
                    .verify(Coverage::new);
            assertThat(finding.fault()).isEmpty();
            assertThat(finding.entries()).isEqualTo(7);
        }
    }

    @Test
    void restored_although_nothing_is_known_to_be_missing() throws Exception {
        try (Database database = Databases.SQLITE.open(folder)) {
            Restoration told = Restoration.record(database, Optional.empty(), AT);

            assertThat(Restoration.of(0, new LedgerRows(database).events(0, 1).get(0)))
                    .contains(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"restored", "x\",\"event\":\"restored\"", "{\"at\":\"2026-11-29T08:00:00Z\"}"})
    void no_other_event_is_taken_for_one_of_a_restore(String word) {
        byte[] event = EventBytes.of("configuration-changed", AT)
                .text("a", word)
                .text("what", word)
                .bytes();

        assertThat(Restoration.of(0, event)).isEmpty();
    }

    @Test
    void refused_when_a_checkpoint_is_signed_by_another_ledger_altered_or_no_checkpoint() throws Exception {
        Path file = folder.resolve("kept");
        String text = ORIGIN + "\n7\n" + "A".repeat(43) + "=\n";
        String mine = key("keys").verifierKey();
        Files.writeString(file, key("keys").signNote(text));
        assertThat(CheckpointFile.read(file, mine).size()).isEqualTo(7);

        for (String note : new String[] {
            key("others").signNote(text),
            key("keys").signNote(text).replace("\n7\n", "\n8\n"),
            key("keys").signNote("of another origin\n7\n" + "A".repeat(43) + "=\n"),
            key("keys").signNote(ORIGIN + "\nseven\n" + "A".repeat(43) + "=\n"),
            "",
            text
        }) {
            Files.writeString(file, note);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> CheckpointFile.read(file, mine))
                    .withMessageContaining(file.toString());
        }
    }
}
