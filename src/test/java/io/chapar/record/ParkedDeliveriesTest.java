package io.chapar.record;

import io.chapar.message.Dispatch;
import io.chapar.message.PartyCode;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.MJ;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is parked is found, and sent again once, on both databases. */
class ParkedDeliveriesTest {

    private static final String LEYLA = "leyla";

    @TempDir
    Path folder;

    private final List<Ticket> published = new CopyOnWriteArrayList<>();
    private @Nullable Database database;
    private @Nullable MessageRecord record;

    private MessageRecord record(Databases kind) throws Exception {
        database = kind.open(folder);
        record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.systemUTC());
        record.onDurable(published::addAll);
        return record;
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(record).close();
        Objects.requireNonNull(database).close();
    }

    private static NewMessage accepted(MessageRecord record, Optional<String> key, PartyCode... receivers)
            throws Exception {
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", key, receivers);
        record.accept(message);
        return message;
    }

    private static UUID parked(MessageRecord record, PartyCode receiver, int status, String code) throws Exception {
        UUID id = accepted(record, Optional.empty(), receiver).tickets().get(0).deliveryId();
        park(record, id, status, code);
        return id;
    }

    private static void park(MessageRecord record, UUID id, int status, String code) {
        record.ended(new Dispatch.Parked(record.due(id).orElseThrow(), status, code, "the child's name"));
    }

    /** A date of birth, numbers of a person and of a document, names, a sentence; who tells a name from a code? */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2012-07-30",
                "5rt21mn",
                "p-01234567",
                "Karimi",
                "karimi",
                "karimi maria",
                "əliyev",
                "not-ours",
                ""
            })
    void what_a_receiver_calls_its_reason_is_not_shown_unless_it_is_a_code_of_the_table(String code) throws Exception {
        MessageRecord record = record(Databases.SQLITE);
        NewMessage message = accepted(record, Optional.empty(), MJ);
        park(record, message.tickets().get(0).deliveryId(), 422, code);

        assertThat(record.parked().list(ParkedFilter.ALL, 10))
                .extracting(ParkedDelivery::code)
                .containsExactly("422 refused");
        // for its sender nothing is lost
        assertThat(record.history(MH, MH, message.receipt().messageId())
                        .orElseThrow()
                        .receivers())
                .extracting(History.ReceiverHistory::answer)
                .containsExactly(Optional.of("422 refused: " + code + ": the child's name"));
    }

    private static ParkedFilter of(PartyCode receiver) {
        return new ParkedFilter(
                Optional.of(receiver), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ParkedFilter of(String code) {
        return new ParkedFilter(
                Optional.empty(), Optional.empty(), Optional.of(code), Optional.empty(), Optional.empty());
    }

    private static List<UUID> ids(MessageRecord record, ParkedFilter filter) {
        return record.parked().list(filter, 100).stream()
                .map(ParkedDelivery::deliveryId)
                .toList();
    }

    private List<String> events(String kind) throws Exception {
        try (Connection connection = Objects.requireNonNull(database).readers().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select bytes from event order by number")) {
            List<String> events = new ArrayList<>();
            while (row.next()) {
                String event = new String(row.getBytes(1), StandardCharsets.UTF_8);
                if (event.contains("\"event\":\"" + kind + "\"")) {
                    events.add(event);
                }
            }
            return events;
        }
    }

    @ParameterizedTest
    @EnumSource
    void found_by_receiver_exchange_code_and_time(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID first = parked(record, SPR, 422, "schema");
        UUID second = parked(record, MJ, 422, "schema");
        UUID third = parked(record, SPR, 0, "rule");
        ParkedDelivery seen = record.parked().list(of(MJ), 10).get(0);

        assertThat(record.parked().count()).isEqualTo(3);
        assertThat(ids(record, ParkedFilter.ALL)).containsExactly(first, second, third);
        assertThat(ids(record, of(SPR))).containsExactly(first, third);
        assertThat(ids(record, of("schema"))).containsExactly(first, second);
        assertThat(ids(record, of("422 schema"))).containsExactly(first, second);
        assertThat(ids(record, of("22 schema"))).isEmpty();
        assertThat(ids(record, between(seen.since(), seen.since().plusNanos(1_000))))
                .containsExactly(second);
        assertThat(ids(record, between(Instant.EPOCH, seen.since()))).containsExactly(first);
        assertThat(ids(
                        record,
                        new ParkedFilter(
                                Optional.of(SPR),
                                Optional.of("birth-registration"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .isEmpty();
        assertThat(seen.code()).isEqualTo("422 schema");
        assertThat(seen.sender()).isEqualTo(MH);
        assertThat(seen.toString()).doesNotContain("child");
    }

    private static ParkedFilter between(Instant after, Instant before) {
        return new ParkedFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(after), Optional.of(before));
    }

    @ParameterizedTest
    @EnumSource
    void sent_again_once_however_many_ask_at_once_and_told_to_ledger_and_history(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage message = accepted(record, Optional.empty(), SPR);
        UUID id = message.tickets().get(0).deliveryId();
        park(record, id, 422, "schema");
        UUID other = parked(record, MJ, 422, "schema");
        published.clear();

        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(
                        i % 2 == 0
                                ? () -> record.parked().sendAgain(id, LEYLA).isPresent() ? 1 : 0
                                : () -> record.parked().sendAgain(of(SPR), 100, LEYLA));
            }
            int sent = 0;
            for (Future<Integer> each : callers.invokeAll(calls)) {
                sent += each.get();
            }
            assertThat(sent).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }

        assertThat(ids(record, ParkedFilter.ALL)).containsExactly(other);
        assertThat(events("sent-again"))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .contains("\"by\":\"leyla\"", "\"deliveryId\":\"" + id, "\"receiver\":\"SPR\""));
        History.ReceiverHistory history = record.history(
                        MH, MH, message.receipt().messageId())
                .orElseThrow()
                .receivers()
                .get(0);
        assertThat(history.state()).isEqualTo("waiting");
        assertThat(history.sentAgainAt()).hasValue(history.since());
        assertThat(record.due(id)).isPresent();
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_refused_once_more_can_be_sent_once_more_and_that_is_another_event(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = parked(record, SPR, 422, "schema");
        for (int round = 1; round <= 3; round++) {
            assertThat(record.parked().sendAgain(ParkedFilter.ALL, 100, LEYLA)).isEqualTo(1);
            assertThat(record.parked().sendAgain(ParkedFilter.ALL, 100, LEYLA)).isZero();
            assertThat(events("sent-again")).hasSize(round);
            park(record, id, 422, "schema");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_waits_behind_several_keys_follows_in_its_order(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        List<UUID> first = line(record, "a");
        List<UUID> second = line(record, "b");
        published.clear();

        assertThat(record.parked().sendAgain(ParkedFilter.ALL, 100, LEYLA)).isEqualTo(2);

        published(List.of(first.get(0), second.get(0)));
        for (int i = 0; i < 3; i++) {
            deliver(record, first.get(i));
            deliver(record, second.get(i));
        }
        published(List.of(first.get(0), second.get(0), first.get(1), second.get(1), first.get(2), second.get(2)));
        assertThat(record.equation().delivered()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void what_waits_behind_one_that_is_parked_once_more_stays_and_follows_when_that_is_delivered(Databases kind)
            throws Exception {
        MessageRecord record = record(kind);
        List<UUID> line = line(record, "a");
        published.clear();
        assertThat(record.parked().sendAgain(line.get(0), LEYLA)).isPresent();
        park(record, line.get(0), 422, "schema");

        assertThat(record.heldBack(line.get(1))).isTrue();
        assertThat(record.parked().state(line.get(1))).hasValue("held");
        assertThat(record.parked().sendAgain(line.get(0), LEYLA)).isPresent();
        line.forEach(id -> deliver(record, id));

        published(List.of(line.get(0), line.get(0), line.get(1), line.get(2)));
        assertThat(record.equation().delivered()).isEqualTo(3);
        assertThat(record.equation().holds()).isTrue();
    }

    private static void deliver(MessageRecord record, UUID id) {
        record.ended(Messages.acknowledged(record.due(id).orElseThrow()));
    }

    private void published(List<UUID> ids) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(published).extracting(Ticket::deliveryId).containsExactlyElementsOf(ids));
    }

    /** One that is parked, and two held behind it. */
    private static List<UUID> line(MessageRecord record, String key) throws Exception {
        List<UUID> line = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            line.add(accepted(record, Optional.of(key), SPR).tickets().get(0).deliveryId());
        }
        park(record, line.get(0), 422, "schema");
        record.ended(new Dispatch.Held(record.due(line.get(1)).orElseThrow()));
        record.ended(new Dispatch.Held(record.due(line.get(2)).orElseThrow()));
        return line;
    }

    @ParameterizedTest
    @EnumSource
    void refused_when_it_is_unknown_waits_or_is_delivered(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID nobodys = UUID.randomUUID();
        UUID waiting = accepted(record, Optional.empty(), SPR).tickets().get(0).deliveryId();
        UUID delivered =
                accepted(record, Optional.empty(), SPR).tickets().get(0).deliveryId();
        record.ended(Messages.acknowledged(record.due(delivered).orElseThrow()));

        for (UUID id : List.of(nobodys, waiting, delivered)) {
            assertThat(record.parked().sendAgain(id, LEYLA)).isEmpty();
        }
        assertThat(record.parked().sendAgain(ParkedFilter.ALL, 100, LEYLA)).isZero();
        assertThat(record.parked().state(nobodys)).isEmpty();
        assertThat(record.parked().state(waiting)).hasValue("waiting");
        assertThat(record.parked().state(delivered)).hasValue("delivered");
        assertThat(events("sent-again")).isEmpty();
    }
}
