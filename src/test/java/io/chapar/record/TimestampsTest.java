package io.chapar.record;

import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.LedgerWriter;
import io.chapar.ledger.TimestampStore;
import io.chapar.ledger.TimestampVerification;
import io.chapar.message.Digest;
import io.chapar.trust.DevelopmentTimestamps;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.TestPki;
import io.chapar.trust.TimestampTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits for a timestamp, for how long, and what a stored timestamp must be, in both databases. */
class TimestampsTest {

    private static final String ORIGIN = "test.chapar/ledger";
    private static final Duration SOON = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final TestPki pki = new TestPki("timestamps");
    private final DevelopmentTimestamps authority = TestPki.timestamps(pki.timestamping("TSA"), TestPki.CLOCK);

    /** One database and whatever stands on it; closing it is a stop of the gateway. */
    private final class Gateway implements AutoCloseable {
        private final Database database;
        private final MessageRecord record;
        private final LedgerTables tables;
        private final LedgerWriter writer;
        private final NoteKey key;
        private final TimestampTokens tokens;

        Gateway(String url) throws Exception {
            database = Database.open(url, folder);
            record = new MessageRecord(
                    database,
                    PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                    Messages.store(folder),
                    TestPki.CLOCK);
            tables = record.ledgerTables(database);
            key = NoteKey.open(folder.resolve("keys"), Optional.empty(), ORIGIN, TestPki.CLOCK);
            writer = new LedgerWriter(tables, key, ORIGIN, new CheckpointFile(folder.resolve("keys")), TestPki.CLOCK);
            tokens = new TimestampTokens(pki.paths(folder), Optional.empty(), Duration.ZERO, TestPki.CLOCK);
        }

        TimestampTables timestamps() {
            return tables.timestamps();
        }

        void event() {
            record.configurationChanged("parties", Digest.of(new byte[0]));
        }

        void stamped() throws Exception {
            TimestampStore.Bare newest = timestamps().newest().orElseThrow();
            byte[] request = tokens.request(newest.note().getBytes(StandardCharsets.UTF_8));
            TimestampTokens.Token token = tokens.accept(request, authority.answer(request));
            timestamps().keep(newest.size(), token.bytes(), token.at());
        }

        void run(String sql) throws Exception {
            try (Connection connection = database.openWriter();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isPositive();
                connection.commit();
            }
        }

        LedgerVerification.Finding verify(TimestampVerification timestamps) throws Exception {
            return new LedgerVerification(database.readers(), ORIGIN, key.verifierKey()).verify(timestamps);
        }

        TimestampVerification timestampVerification() {
            return new TimestampVerification(tokens, Coverage::new);
        }

        @Override
        public void close() {
            tables.close();
            record.close();
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_an_empty_record_nothing_waits(Databases kind) throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            assertThat(gateway.timestamps().oldestWaiting()).isEmpty();
            assertThat(gateway.timestamps().newest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_waits_from_when_it_is_recorded_also_before_it_is_in_the_ledger(Databases kind) throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            gateway.event();

            assertThat(gateway.timestamps().oldestWaiting().orElseThrow()).isLessThan(SOON);
            assertThat(gateway.timestamps().newest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_oldest_that_no_timestamp_covers_counts_by_the_databases_clock_also_after_a_restart(Databases kind)
            throws Exception {
        String url = kind.url();
        try (Gateway gateway = new Gateway(url)) {
            gateway.event();
            gateway.run("update event set recorded_at = recorded_at - 86400000000");
            gateway.event();
            assertThat(gateway.timestamps().oldestWaiting().orElseThrow())
                    .isBetween(Duration.ofDays(1), Duration.ofDays(1).plus(SOON));
        }
        try (Gateway again = new Gateway(url)) {
            assertThat(again.timestamps().oldestWaiting().orElseThrow())
                    .isBetween(Duration.ofDays(1), Duration.ofDays(1).plus(SOON));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_timestamp_over_the_newest_checkpoint_covers_all_before_it_and_nothing_after(Databases kind)
            throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            gateway.event();
            gateway.writer.write();
            gateway.event();
            gateway.writer.write();
            gateway.run("update event set recorded_at = recorded_at - 86400000000");

            gateway.stamped();
            assertThat(gateway.timestamps().oldestWaiting()).isEmpty();
            assertThat(gateway.timestamps().newest()).isEmpty();

            gateway.event();
            assertThat(gateway.timestamps().oldestWaiting().orElseThrow()).isLessThan(SOON);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_two_timestamps_over_one_checkpoint_the_first_stays(Databases kind) throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            gateway.event();
            gateway.writer.write();
            gateway.stamped();

            gateway.timestamps().keep(1, new byte[1], TestPki.NOW);

            assertThat(gateway.verify(gateway.timestampVerification()).fault()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_ledger_verifies_and_says_up_to_where_it_is_timestamped(Databases kind) throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            timestampedTwiceAndGoneOn(gateway);
            TimestampVerification timestamps = gateway.timestampVerification();

            LedgerVerification.Finding finding = gateway.verify(timestamps);

            assertThat(finding.fault()).isEmpty();
            assertThat(finding.entries()).isEqualTo(4);
            assertThat(finding.pending()).isEqualTo(1);
            assertThat(timestamps.stamped()).isEqualTo(3);
            assertThat(timestamps.at()).hasValue(TestPki.NOW);
        }
    }

    /** Entries 0; 1 and 2; 3; checkpoints of size 1, 3 and 4, the first two under a timestamp; one event more. */
    private static void timestampedTwiceAndGoneOn(Gateway gateway) throws Exception {
        gateway.event();
        gateway.writer.write();
        gateway.stamped();
        gateway.event();
        gateway.event();
        gateway.writer.write();
        gateway.stamped();
        gateway.event();
        gateway.writer.write();
        gateway.event();
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                        Arguments.of(
                                2L,
                                "the token of another checkpoint",
                                "update ledger_timestamp set token ="
                                        + " (select token from ledger_timestamp where size = 1) where size = 3"),
                        Arguments.of(
                                0L,
                                "no token",
                                "update ledger_timestamp set token ="
                                        + " (select root from ledger_checkpoint where size = 1) where size = 1"),
                        Arguments.of(2L, "another time", "update ledger_timestamp set at = at - 1 where size = 3"),
                        Arguments.of(
                                1L, "a size without checkpoint", "update ledger_timestamp set size = 2 where size = 3"),
                        Arguments.of(
                                3L, "the checkpoint after it", "update ledger_timestamp set size = 4 where size = 3"),
                        Arguments.of(5L, "too large a size", "update ledger_timestamp set size = 9 where size = 3"))
                .flatMap(row -> Stream.of(Databases.values()).map(kind -> {
                    Object[] given = row.get();
                    return Arguments.of(kind, given[0], given[1], given[2]);
                }));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("tampering")
    void names_the_first_entry_whose_timestamp_does_not_fit(Databases kind, long at, String what, String sql)
            throws Exception {
        try (Gateway gateway = new Gateway(kind.url())) {
            timestampedTwiceAndGoneOn(gateway);
            gateway.run(sql);

            LedgerVerification.Finding finding = gateway.verify(gateway.timestampVerification());

            assertThat(finding.fault()).as(what).isPresent();
            assertThat(finding.at()).as(finding.fault().orElseThrow()).isEqualTo(at);
        }
    }
}
