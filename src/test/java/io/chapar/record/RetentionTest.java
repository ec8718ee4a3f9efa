package io.chapar.record;

import io.chapar.message.Dispatch;
import io.chapar.message.PartyCode;
import io.chapar.message.Proof;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
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

/** What was kept as long as its agreement says, five years here, cannot be read by anybody any more. */
class RetentionTest {

    private static final LocalDate TODAY = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
    private static final LocalDate LAST_DAY = TODAY.plus(Period.ofYears(5));

    @TempDir
    Path folder;

    private @Nullable Database database;
    private @Nullable MessageRecord record;
    private @Nullable PayloadKeys keys;

    private MessageRecord open(Databases kind) throws Exception {
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

    private NewMessage accepted(PartyCode... receivers) throws Exception {
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", Optional.empty(), receivers);
        Objects.requireNonNull(record).accept(message);
        return message;
    }

    private static UUID delivery(NewMessage message, int index) {
        return message.tickets().get(index).deliveryId();
    }

    /** Looks as if this day had come. */
    private List<String> destroyedOn(LocalDate day, boolean timestamped) throws Exception {
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        Database here = Objects.requireNonNull(database);
        try (GroupCommit commits = new GroupCommit(here, 10, Duration.ofSeconds(20));
                Retention retention = new Retention(
                        here, commits, Objects.requireNonNull(keys), Clock.fixed(noon, ZoneOffset.UTC), timestamped)) {
            return retention.destroyDue();
        }
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

    private static String state(MessageRecord record, NewMessage message, PartyCode receiver) {
        return record.history(MH, MH, message.receipt().messageId()).orElseThrow().receivers().stream()
                .filter(each -> each.receiver().equals(receiver))
                .map(each -> each.state() + " " + each.answer().orElse(""))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void its_key_is_kept_on_the_last_day_and_destroyed_once_on_the_next(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR);

        assertThat(destroyedOn(LAST_DAY, false)).isEmpty();
        assertThat(record.due(delivery(message, 0))).isPresent();

        assertThat(destroyedOn(LAST_DAY.plusDays(1), false))
                .singleElement()
                .asString()
                .startsWith("birth-notification/" + LAST_DAY + "/");
        assertThat(destroyedOn(LAST_DAY.plusDays(1), false)).isEmpty();
        assertThat(events("key-destroyed"))
                .singleElement()
                .asString()
                .contains("\"by\":\"retention\"", "\"key\":\"birth-notification/" + LAST_DAY);
        assertThat(PayloadKeys.open(folder.resolve("keys"), Optional.empty()).names())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_clock_that_runs_ahead_destroys_nothing_before_a_timestamp_proves_the_day(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        accepted(SPR);
        assertThat(destroyedOn(LAST_DAY.plusDays(1), true)).isEmpty();

        TimestampTables timestamps =
                record.ledgerTables(Objects.requireNonNull(database)).timestamps();
        timestamps.keep(1, new byte[] {1}, Instant.now());
        assertThat(destroyedOn(LAST_DAY.plusDays(1), true)).isEmpty();

        timestamps.keep(2, new byte[] {1}, LAST_DAY.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        assertThat(destroyedOn(LAST_DAY, true)).isEmpty();
        assertThat(destroyedOn(LAST_DAY.plusDays(1), true)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_waited_and_what_lay_in_a_mailbox_is_parked_and_never_taken_for_delivered(Databases kind)
            throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR, MJ);
        record.ended(new Dispatch.Mailed(
                Messages.signed(record.due(delivery(message, 1)).orElseThrow())));
        destroyedOn(LAST_DAY.plusDays(1), false);

        assertThat(record.due(delivery(message, 0))).isEmpty();
        assertThat(record.handOut(MJ, 10, Duration.ofMinutes(1))).isEmpty();

        assertThat(state(record, message, SPR)).isEqualTo("parked content-destroyed");
        assertThat(state(record, message, MJ)).isEqualTo("parked content-destroyed");
        assertThat(events("parked")).hasSize(2).allMatch(event -> event.contains("\"code\":\"content-destroyed\""));
        assertThat(record.equation().holds()).isTrue();
        record.parked().sendAgain(delivery(message, 0), "leyla");
        assertThat(record.due(delivery(message, 0))).isEmpty();
        assertThat(state(record, message, SPR)).isEqualTo("parked content-destroyed");
    }

    @ParameterizedTest
    @EnumSource
    void what_its_receiver_says_then_is_answered(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR, MJ);
        for (int index = 0; index < 2; index++) {
            record.ended(new Dispatch.Mailed(
                    Messages.signed(record.due(delivery(message, index)).orElseThrow())));
        }
        MailboxEntry taken = record.handOut(SPR, 1, Duration.ofMinutes(1)).get(0);
        Proof proof = new Proof(new byte[] {1}, Optional.empty());
        assertThat(record.acknowledgedFromMailbox(SPR, taken.deliveryId(), taken.digest(), proof, Instant.now()))
                .isTrue();
        destroyedOn(LAST_DAY.plusDays(1), false);

        assertThat(record.refusedFromMailbox(SPR, taken.deliveryId(), "not-ours", "no"))
                .isFalse();
        assertThat(record.mailboxEntry(SPR, taken.deliveryId())).isEmpty();
        assertThat(record.mailboxDigest(SPR, taken.deliveryId())).contains(taken.digest());
        assertThat(record.acknowledgedFromMailbox(SPR, taken.deliveryId(), taken.digest(), proof, Instant.now()))
                .isTrue();
        assertThat(record.refusedFromMailbox(MJ, delivery(message, 1), "not-ours", "no"))
                .isTrue();
        assertThat(state(record, message, SPR)).startsWith("delivered");
        assertThat(state(record, message, MJ)).isEqualTo("parked content-destroyed");
    }

    @ParameterizedTest
    @EnumSource
    void a_repeat_is_still_answered_with_the_receipt_of_then(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR);
        destroyedOn(LAST_DAY.plusDays(1), false);
        assertThat(record.accept(message))
                .isInstanceOfSatisfying(
                        Acceptance.Repeat.class,
                        repeat -> assertThat(repeat.jws()).isEqualTo(message.jws()));
    }

    @ParameterizedTest
    @EnumSource
    void a_key_file_that_comes_back_from_a_copy_brings_no_destroyed_key_back(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR);
        Path file = folder.resolve("keys/payload.p12");
        Path copy = Files.copy(file, folder.resolve("copy"));
        destroyedOn(LAST_DAY.plusDays(1), false);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        PayloadKeys back = PayloadKeys.open(folder.resolve("keys"), Optional.empty());
        assertThat(back.names()).hasSize(1);
        assertThat(DestroyedKeys.destroyAgain(Objects.requireNonNull(database), back))
                .isEqualTo(1);
        assertThat(DestroyedKeys.destroyAgain(Objects.requireNonNull(database), back))
                .isZero();
        assertThat(PayloadKeys.open(folder.resolve("keys"), Optional.empty()).names())
                .isEmpty();
        assertThat(record.due(delivery(message, 0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void with_the_keys_of_another_installation_nothing_is_taken_for_destroyed(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        NewMessage message = accepted(SPR);
        Objects.requireNonNull(keys).destroy(keys.names());
        assertThatThrownBy(() -> record.due(delivery(message, 0))).isInstanceOf(PayloadKeys.KeyMissing.class);
        assertThat(state(record, message, SPR)).isEqualTo("waiting ");
    }
}
