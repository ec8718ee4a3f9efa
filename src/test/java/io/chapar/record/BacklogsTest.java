package io.chapar.record;

import io.chapar.message.PartyCode;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.MJ;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;

class BacklogsTest {

    @ParameterizedTest
    @EnumSource
    void what_has_not_ended_is_counted_for_its_sender_alone(Databases kind, @TempDir Path folder) throws Exception {
        try (Database database = kind.open(folder);
                MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC());
                Backlogs backlogs = new Backlogs(database)) {
            backlogs.count();
            assertThat(backlogs.of(MH)).isZero();
            NewMessage message =
                    Messages.message(UUID.randomUUID(), "{\"n\":1}", Optional.empty(), new PartyCode[] {MJ, SPR});
            assertThat(record.accept(message)).isInstanceOf(Acceptance.New.class);
            assertThat(backlogs.of(MH)).as("before it is counted again").isZero();
            backlogs.count();
            assertThat(backlogs.of(MH)).isEqualTo(2);
            assertThat(backlogs.of(MJ)).isZero();
            record.ended(Messages.acknowledged(
                    record.due(message.tickets().get(0).deliveryId()).orElseThrow()));
            backlogs.count();
            assertThat(backlogs.of(MH)).isEqualTo(1);
        }
    }

    @Test
    void who_counts_may_take_minutes_and_who_reads_after_it_may_not(@TempDir Path other) throws Exception {
        try (Database database = Databases.POSTGRESQL.open(other)) {
            int usual;
            try (Connection reader = database.readers().getConnection()) {
                usual = reader.getNetworkTimeout();
            }
            try (Connection counter = database.counter()) {
                assertThat(counter.getNetworkTimeout()).isGreaterThan(10 * usual);
            }
            try (Connection reader = database.readers().getConnection()) {
                assertThat(reader.getNetworkTimeout()).isEqualTo(usual).isPositive();
            }
        }
    }
}
