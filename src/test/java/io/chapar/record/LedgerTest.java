package io.chapar.record;

import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.LedgerWriter;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is done to the ledger behind the gateway's back is named. */
class LedgerTest {

    private static final String ORIGIN = "test.chapar/ledger";

    @TempDir
    Path folder;

    private LedgerVerification.Finding after(Databases kind, String... tampering) throws Exception {
        NoteKey key = NoteKey.open(folder.resolve("keys"), Optional.empty(), ORIGIN, Clock.systemUTC());
        try (Database database = kind.open(folder);
                MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC());
                LedgerTables tables = record.ledgerTables(database)) {
            LedgerWriter writer = new LedgerWriter(
                    tables, key, ORIGIN, new CheckpointFile(folder.resolve("keys")), Clock.systemUTC());
            for (int i = 0; i < 4; i++) {
                NewMessage message =
                        Messages.message(UUID.randomUUID(), "{\"n\":" + i + "}", Optional.empty(), Messages.SPR);
                record.accept(message);
                record.ended(Messages.acknowledged(
                        record.due(message.tickets().get(0).deliveryId()).orElseThrow()));
                if (i % 2 == 1) {
                    assertThat(writer.write()).isEqualTo(4);
                }
            }
            assertThat(writer.write()).isZero();
            record.configurationChanged("parties", io.chapar.message.Digest.of(new byte[0]));
            record.accept(Messages.message(UUID.randomUUID(), "{}", Optional.empty(), Messages.SPR));
            try (Connection connection = database.openWriter()) {
                for (String sql : tampering) {
                    assertThat(execute(connection, sql)).as(sql).isPositive();
                }
                connection.commit();
            }
            writer.close();
            return new LedgerVerification(database.readers(), ORIGIN, key.verifierKey()).verify(Coverage::new);
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @ParameterizedTest
    @EnumSource
    void verifies_when_nothing_was_touched(Databases kind) throws Exception {
        LedgerVerification.Finding finding = after(kind);

        assertThat(finding.fault()).isEmpty();
        assertThat(finding.entries()).isEqualTo(10);
        assertThat(finding.checkpoints()).isEqualTo(3);
        assertThat(finding.pending()).isZero();
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                        Arguments.of(3L, "an altered event", new String[] {
                            "update event set bytes = " + "(select bytes from event where number = 1) where number = 3"
                        }),
                        Arguments.of(2L, "a dropped event", new String[] {"delete from event where number = 2"}),
                        Arguments.of(5L, "a dropped entry", new String[] {"delete from ledger_entry where number = 5"}),
                        Arguments.of(0L, "two events in each other's place", new String[] {
                            "update event set number = -1 where number = 0",
                            "update event set number = 0 where number = 2",
                            "update event set number = 2 where number = -1"
                        }),
                        Arguments.of(1L, "two entries in each other's place", new String[] {
                            "update ledger_entry set number = -1 where number = 1",
                            "update ledger_entry set number = 1 where number = 4",
                            "update ledger_entry set number = 4 where number = -1"
                        }),
                        Arguments.of(3L, "another root", new String[] {
                            "update ledger_checkpoint set root = (select root from ledger_checkpoint where size = 8)"
                                    + " where size = 4"
                        }),
                        Arguments.of(7L, "another signature", new String[] {
                            "update ledger_checkpoint set note = replace(note, 'chapar', 'rapahc') where size = 8"
                        }),
                        Arguments.of(2L, "another digest in the record", new String[] {
                            "update message set content_digest = bytes_digest, bytes_digest ="
                                    + " (select root from ledger_checkpoint where size = 4) where number = 2"
                        }),
                        Arguments.of(4L, "a dropped receipt", new String[] {"delete from receipt where message = 3"}),
                        Arguments.of(5L, "a delivery that is waiting once more", new String[] {
                            "update delivery set state = 0 where message = 3"
                        }),
                        Arguments.of(10L, "a waiting delivery called withdrawn", new String[] {
                            "update delivery set state = 5 where message = 5"
                        }),
                        Arguments.of(10L, "a waiting delivery called parked", new String[] {
                            "update delivery set state = 2 where message = 5"
                        }),
                        Arguments.of(3L, "another proof of delivery", new String[] {
                            "update delivery set sealed_proof = digest where message = 2"
                        }),
                        Arguments.of(3L, "the proof of another delivery", new String[] {
                            "update delivery set sealed_proof ="
                                    + " (select sealed_proof from delivery where message = 1) where message = 2"
                        }),
                        Arguments.of(3L, "a proof in clear instead of a sealed one", new String[] {
                            "update delivery set proof = sealed_proof, sealed_proof = null where message = 2"
                        }),
                        Arguments.of(2L, "another conversation", new String[] {
                            "update message set conversation_id = message_id where number = 2"
                        }),
                        Arguments.of(0L, "another time of acceptance", new String[] {
                            "update message set accepted_at = accepted_at - 1 where number = 1"
                        }))
                .flatMap(row -> Stream.of(Databases.values()).map(kind -> {
                    Object[] given = row.get();
                    return Arguments.of(kind, given[0], given[1], given[2]);
                }));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("tampering")
    void names_the_first_entry_that_does_not_fit(Databases kind, long at, String what, String[] sql) throws Exception {
        LedgerVerification.Finding finding = after(kind, sql);

        assertThat(finding.fault()).as(what).isPresent();
        assertThat(finding.at()).as(finding.fault().orElseThrow()).isEqualTo(at);
    }
}
