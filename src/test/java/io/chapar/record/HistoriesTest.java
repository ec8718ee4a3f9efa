package io.chapar.record;

import io.chapar.message.PartyCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.MJ;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where messages are, asked by those who may know and by those who may not. */
class HistoriesTest {

    private static final Optional<String> NO_KEY = Optional.empty();

    @TempDir
    Path folder;

    private @Nullable Database database;
    private @Nullable PayloadKeys keys;
    private @Nullable MessageRecord record;

    private MessageRecord record(Databases kind) throws Exception {
        database = kind.open(folder);
        keys = PayloadKeys.open(folder.resolve("keys"), Optional.empty());
        record = new MessageRecord(database, keys, Messages.store(folder), Clock.systemUTC());
        return record;
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(record).close();
        Objects.requireNonNull(database).close();
    }

    @ParameterizedTest
    @EnumSource
    void a_receiver_sees_its_own_part_and_a_stranger_nothing(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR, MJ);
        NewMessage alone = Messages.message(UUID.randomUUID(), "{\"x\":1}", NO_KEY);
        record.accept(message);
        record.accept(alone);
        UUID id = message.receipt().messageId();

        assertThat(record.history(SPR, MH, id).orElseThrow().receivers())
                .extracting(History.ReceiverHistory::receiver)
                .containsExactly(SPR);
        assertThat(record.history(new PartyCode("ME"), MH, id)).isEmpty();
        History.Page first = record.messages(MH, Instant.EPOCH, Optional.empty(), Optional.empty(), 1);
        assertThat(first.messages()).extracting(History::messageId).containsExactly(id);
        assertThat(record.messages(MH, Instant.EPOCH, Optional.empty(), first.next(), 9)
                        .messages())
                .extracting(History::messageId)
                .containsExactly(alone.receipt().messageId());
        assertThat(record.messages(MH, Instant.EPOCH, Optional.of("no-receiver"), Optional.empty(), 9)
                        .messages())
                .hasSize(1);
        assertThat(record.equation().noReceiver()).isEqualTo(1);
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void who_asks_since_a_message_it_has_seen_misses_none_that_was_accepted_before_and_recorded_after(Databases kind)
            throws Exception {
        MessageRecord record = record(kind);
        Instant earlier = Instant.parse("2026-11-29T10:00:00Z");
        NewMessage old = accepted(record, earlier.minusSeconds(60));
        NewMessage seen = accepted(record, earlier.plusMillis(5));
        NewMessage late = accepted(record, earlier);

        assertThat(since(record, seen.receipt().acceptedAt(), Optional.empty(), 9))
                .containsExactly(seen.receipt().messageId(), late.receipt().messageId());
        History.Page first = record.messages(MH, Instant.EPOCH, Optional.empty(), Optional.empty(), 2);
        assertThat(first.messages().get(1).messageId()).isEqualTo(seen.receipt().messageId());
        assertThat(since(record, Instant.EPOCH, first.next(), 9))
                .containsExactly(late.receipt().messageId());
        assertThat(since(record, Instant.EPOCH, Optional.empty(), 1))
                .containsExactly(old.receipt().messageId());
        assertThat(since(record, earlier.plusSeconds(1), Optional.empty(), 9)).isEmpty();
    }

    /** The cursor is the same however many messages of others lie between. */
    @ParameterizedTest
    @EnumSource
    void a_cursor_tells_nothing_of_what_others_send(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        Instant at = Instant.parse("2026-11-29T10:00:00Z");
        UUID own = accepted(record, at).receipt().messageId();
        UUID later = accepted(record, at.plusMillis(1)).receipt().messageId();

        String cursor = record.messages(MH, Instant.EPOCH, Optional.empty(), Optional.empty(), 1)
                .next()
                .orElseThrow();
        assertThat(cursor).isEqualTo(own.toString().replace("-", ""));
        assertThat(since(record, Instant.EPOCH, Optional.of(cursor), 9)).containsExactly(later);
    }

    @ParameterizedTest
    @EnumSource
    void refused_when_a_cursor_is_a_number_or_anothers_or_nonsense(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        Instant at = Instant.parse("2026-11-29T10:00:00Z");
        UUID own = accepted(record, at).receipt().messageId();

        for (String cursor : List.of(Columns.micros(at) + "-0", "0", "", "-", own.toString(), "00".repeat(16))) {
            assertThatThrownBy(() -> since(record, Instant.EPOCH, Optional.of(cursor), 9))
                    .as(cursor)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        String cursor = own.toString().replace("-", "");
        assertThatThrownBy(() -> record.messages(SPR, Instant.EPOCH, Optional.empty(), Optional.of(cursor), 9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static NewMessage accepted(MessageRecord record, Instant at) throws Refusal {
        NewMessage message = Messages.at(at, Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR), ClockEffects.NONE);
        record.accept(message);
        return message;
    }

    private static List<UUID> since(MessageRecord record, Instant since, Optional<String> cursor, int max) {
        return record.messages(MH, since, Optional.empty(), cursor, max).messages().stream()
                .map(History::messageId)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void who_looks_for_a_rare_state_gets_on_with_the_cursor_and_reads_only_some_at_once(Databases kind)
            throws Exception {
        MessageRecord record = record(kind);
        for (int i = 0; i < 7; i++) {
            record.accept(Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR));
        }
        NewMessage alone = Messages.message(UUID.randomUUID(), "{}", NO_KEY);
        record.accept(alone);
        Histories histories = new Histories(Objects.requireNonNull(database), Objects.requireNonNull(keys), 3);
        List<Integer> pages = new ArrayList<>();
        List<UUID> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            History.Page page = histories.messages(MH, Instant.EPOCH, Optional.of("no-receiver"), next, 2);
            pages.add(page.messages().size());
            page.messages().forEach(each -> found.add(each.messageId()));
            next = page.next();
        } while (next.isPresent());

        assertThat(pages).containsExactly(0, 0, 1);
        assertThat(found).containsExactly(alone.receipt().messageId());
    }
}
