package io.chapar.record;

import io.chapar.message.Dispatch;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;

/** How long what was handed out of a mailbox stays out of sight, when the gateway's clock was wrong. */
class MailboxTimesTest {

    private static final Duration INVISIBLE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private MessageRecord record(Database database, Duration wrongBy) throws Exception {
        return new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.offset(Clock.systemUTC(), wrongBy));
    }

    private static List<UUID> handedOut(MessageRecord record) {
        return record.handOut(SPR, 10, INVISIBLE).stream()
                .map(MailboxEntry::deliveryId)
                .toList();
    }

    private UUID mailed(MessageRecord record) throws Exception {
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", Optional.empty(), SPR);
        UUID id = message.tickets().get(0).deliveryId();
        record.accept(message);
        record.ended(new Dispatch.Mailed(Messages.signed(record.due(id).orElseThrow())));
        assertThat(handedOut(record)).containsExactly(id);
        return id;
    }

    @ParameterizedTest
    @EnumSource
    void comes_again_at_once_when_the_clock_was_set_back_after_it_was_handed_out(Databases kind) throws Exception {
        try (Database database = kind.open(folder)) {
            UUID id;
            try (MessageRecord ahead = record(database, Duration.ofHours(3))) {
                id = mailed(ahead);
            }
            try (MessageRecord right = record(database, Duration.ZERO)) {
                assertThat(handedOut(right)).containsExactly(id);
                assertThat(handedOut(right)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void stays_out_of_sight_when_the_clocks_of_two_nodes_differ_by_seconds(Databases kind) throws Exception {
        try (Database database = kind.open(folder)) {
            try (MessageRecord ahead = record(database, Duration.ofSeconds(20))) {
                mailed(ahead);
            }
            try (MessageRecord right = record(database, Duration.ZERO)) {
                assertThat(handedOut(right)).isEmpty();
            }
        }
    }
}
