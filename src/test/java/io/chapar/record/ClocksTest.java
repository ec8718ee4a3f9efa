package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Header.Action;
import io.chapar.message.Refusal;
import io.chapar.record.ClockEffects.Answer;
import io.chapar.record.ClockEffects.AssignedNumber;
import io.chapar.record.ClockEffects.Start;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;

/** Clocks of what must follow, held to their promises on both databases. */
class ClocksTest {

    private static final Optional<String> NO_KEY = Optional.empty();
    private static final Instant BORN = Instant.parse("2019-01-09T20:00:00Z");
    private static final Instant NOTIFIED = Instant.parse("2019-01-10T06:00:00Z");
    private static final Instant REGISTERED = Instant.parse("2019-01-20T06:00:00Z");
    private static final Instant DUE = Instant.parse("2019-02-10T20:00:00Z");
    private static final Digest CONVERSATION = Digest.of("conversation".getBytes(StandardCharsets.UTF_8));
    private static final Digest NUMBER = Digest.of("number".getBytes(StandardCharsets.UTF_8));

    private static final ClockEffects STARTS = starts(DUE);
    private static final ClockEffects ANSWERS_BY_NUMBER = answers(Messages.BIRTH.exchange(), NUMBER);
    private static final ClockEffects ANSWERS = answers(Messages.BIRTH.exchange(), CONVERSATION);
    private static final ClockEffects ASSIGNS =
            new ClockEffects(Optional.empty(), List.of(), List.of(new AssignedNumber(NUMBER, CONVERSATION)), false);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    private MessageRecord record(String url) throws Exception {
        Database database = Database.open(url, folder);
        MessageRecord record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.systemUTC());
        open.add(record);
        open.add(database);
        return record;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        open.clear();
    }

    private static ClockEffects starts(Instant due) {
        return new ClockEffects(Optional.of(new Start(BORN, due, List.of(CONVERSATION))), List.of(), List.of(), false);
    }

    private static ClockEffects answers(String exchange, Digest mark) {
        return new ClockEffects(Optional.empty(), List.of(new Answer(exchange, mark)), List.of(), false);
    }

    private static NewMessage says(MessageRecord record, Instant at, ClockEffects effects) throws Refusal {
        NewMessage message = Messages.at(at, Messages.message(UUID.randomUUID(), "{\"n\":1}", NO_KEY, SPR), effects);
        assertThat(record.accept(message)).isInstanceOf(Acceptance.New.class);
        return message;
    }

    private static void saysLater(MessageRecord record, NewMessage of, Action action, ClockEffects effects)
            throws Refusal {
        assertThat(record.accept(Messages.later(record, of, action, effects))).isInstanceOf(Acceptance.New.class);
    }

    private static List<DueClock> due(MessageRecord record, Instant now) {
        return record.clocksDue(now, Optional.empty(), 10);
    }

    @ParameterizedTest
    @EnumSource
    void runs_out_once_and_not_before_its_time_and_survives_a_restart(Databases kind) throws Exception {
        String url = kind.url();
        MessageRecord first = record(url);
        NewMessage birth = says(first, NOTIFIED, STARTS);
        assertThat(due(first, DUE.minusMillis(1))).isEmpty();
        assertThat(first.nextClock(NOTIFIED)).contains(DUE);
        close();

        MessageRecord second = record(url);
        DueClock clock = due(second, DUE).get(0);
        assertThat(clock.messageId()).isEqualTo(birth.receipt().messageId());
        assertThat(clock.conversationId()).isEqualTo(birth.authorised().header().conversationId());
        assertThat(new String(clock.document().orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("{\"n\":1}");
        assertThat(second.ranOut(clock, DUE)).isTrue();
        assertThat(second.ranOut(clock, DUE)).isFalse();
        assertThat(due(second, DUE)).isEmpty();
        assertThat(second.nextClock(NOTIFIED)).isEmpty();
        close();

        assertThat(due(record(url), DUE.plusSeconds(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stopped_by_the_conversation_or_by_the_number_assigned_in_it(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        says(record, NOTIFIED, STARTS);
        DueClock seen = due(record, DUE).get(0);
        says(record, REGISTERED, ANSWERS_BY_NUMBER);
        assertThat(due(record, DUE)).as("of a number that nobody assigned yet").hasSize(1);
        NewMessage assigned = says(record, REGISTERED, ASSIGNS);
        assertThat(due(record, DUE)).isEmpty();
        assertThat(record.ranOut(seen, DUE)).as("stopped after it was seen").isFalse();

        saysLater(record, assigned, Action.WITHDRAW, ClockEffects.NONE);
        assertThat(due(record, DUE)).as("the number was not this child's").hasSize(1);
        says(record, REGISTERED, ANSWERS);
        assertThat(due(record, DUE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stopped_by_what_came_before_its_own_message_but_not_by_what_came_before_the_event(Databases kind)
            throws Exception {
        MessageRecord record = record(kind.url());
        says(record, BORN.minusSeconds(1), ANSWERS);
        NewMessage birth = says(record, NOTIFIED, STARTS);
        assertThat(due(record, DUE)).hasSize(1);
        saysLater(record, birth, Action.WITHDRAW, ClockEffects.NONE);

        says(record, BORN, ANSWERS);
        says(record, NOTIFIED, STARTS);
        assertThat(due(record, DUE)).isEmpty();
        assertThat(record.nextClock(NOTIFIED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void not_stopped_by_what_another_exchange_awaits(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        says(record, NOTIFIED, STARTS);
        says(record, REGISTERED, answers("departure-term", CONVERSATION));

        assertThat(due(record, DUE)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void restarted_by_a_correction_and_ended_by_a_withdrawal(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        NewMessage birth = says(record, NOTIFIED, STARTS);
        Instant later = DUE.plusSeconds(86_400);
        saysLater(record, birth, Action.CORRECT, starts(later));

        assertThat(due(record, DUE)).isEmpty();
        DueClock clock = due(record, later).get(0);
        assertThat(new String(clock.document().orElseThrow(), StandardCharsets.UTF_8))
                .as("what the correction says")
                .isEqualTo("{}");
        assertThat(clock.messageId()).isEqualTo(birth.receipt().messageId());

        saysLater(record, birth, Action.WITHDRAW, ClockEffects.NONE);
        assertThat(due(record, later)).isEmpty();
        assertThat(record.ranOut(clock, later)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void what_has_run_out_is_not_restarted(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        NewMessage birth = says(record, NOTIFIED, STARTS);
        assertThat(record.ranOut(due(record, DUE).get(0), DUE)).isTrue();
        saysLater(record, birth, Action.CORRECT, starts(DUE.plusSeconds(1)));

        assertThat(due(record, DUE.plusSeconds(2))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void runs_again_when_what_stopped_it_is_withdrawn_or_corrected_to_be_of_another(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        says(record, NOTIFIED, STARTS);
        NewMessage registration = says(record, REGISTERED, ANSWERS);
        assertThat(due(record, DUE)).isEmpty();
        saysLater(record, registration, Action.CORRECT, answers(Messages.BIRTH.exchange(), NUMBER));
        assertThat(due(record, DUE)).hasSize(1);
        saysLater(record, registration, Action.CORRECT, ANSWERS);
        assertThat(due(record, DUE)).isEmpty();
        saysLater(record, registration, Action.WITHDRAW, ClockEffects.NONE);
        assertThat(due(record, DUE)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void its_message_is_recorded_once_and_not_when_it_was_stopped_meanwhile(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        says(record, NOTIFIED, STARTS);
        DueClock clock = due(record, DUE).get(0);
        NewMessage early = notice(clock, DUE.minusMillis(1));
        assertThat(record.accept(early)).as("before its time").isInstanceOf(Acceptance.Reused.class);
        assertThat(record.accept(notice(clock, DUE))).isInstanceOf(Acceptance.New.class);
        assertThat(record.accept(Messages.at(
                        DUE,
                        Messages.message(clock.notice(), "{\"from\":\"another node\"}", NO_KEY, SPR),
                        ClockEffects.NOTICE)))
                .isInstanceOf(Acceptance.Reused.class);
        assertThat(due(record, DUE)).isEmpty();

        says(record, NOTIFIED, starts(DUE.plusSeconds(1)));
        DueClock second = due(record, DUE.plusSeconds(1)).get(0);
        says(record, REGISTERED, ANSWERS);
        assertThat(record.accept(notice(second, DUE.plusSeconds(1)))).isInstanceOf(Acceptance.Reused.class);
        assertThat(record.equation().messages()).isEqualTo(4);
        assertThat(record.equation().holds()).isTrue();
    }

    private static NewMessage notice(DueClock clock, Instant at) {
        return Messages.at(at, Messages.message(clock.notice(), "{}", NO_KEY, SPR), ClockEffects.NOTICE);
    }

    @ParameterizedTest
    @EnumSource
    void its_message_is_recorded_once_when_two_nodes_send_it(Databases kind) throws Exception {
        String url = kind.url();
        MessageRecord one = record(url);
        MessageRecord other = record(url);
        says(one, NOTIFIED, STARTS);
        DueClock clock = due(other, DUE).get(0);

        assertThat(one.accept(notice(clock, DUE))).isInstanceOf(Acceptance.New.class);
        assertThat(other.accept(Messages.at(
                        DUE, Messages.message(clock.notice(), "{\"n\":2}", NO_KEY, SPR), ClockEffects.NOTICE)))
                .isInstanceOf(Acceptance.Reused.class);
        assertThat(other.ranOut(clock, DUE)).isFalse();
        assertThat(one.equation().messages()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void marks_that_no_clock_needs_are_forgotten_and_those_of_running_ones_kept(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        says(record, NOTIFIED, STARTS);
        says(record, NOTIFIED, ASSIGNS);
        for (int i = 0; i < ForgetWork.SOME + 1; i++) {
            says(record, REGISTERED, answers("departure-term", NUMBER));
        }
        assertThat(record.forgetMarks(NOTIFIED)).isZero();

        int forgotten = 0;
        int some = record.forgetMarks(DUE.plusSeconds(1));
        while (some > 0) {
            forgotten += some;
            some = record.forgetMarks(DUE.plusSeconds(1));
        }
        assertThat(forgotten).as("of the answers to another exchange").isEqualTo(ForgetWork.SOME + 1);
        assertThat(due(record, DUE)).hasSize(1);
        says(record, REGISTERED, ANSWERS);
        assertThat(due(record, DUE)).as("stopped by a mark that was kept").isEmpty();
        assertThat(record.forgetMarks(DUE.plusSeconds(1)))
                .as("its mark, its answer and the number")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_answered_and_forgotten_is_not_started_again_by_a_correction(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        NewMessage answered = says(record, NOTIFIED, STARTS);
        NewMessage ended = says(record, NOTIFIED, STARTS);
        says(record, NOTIFIED, ASSIGNS);
        says(record, REGISTERED, ANSWERS_BY_NUMBER);
        saysLater(record, ended, Action.CORRECT, ClockEffects.NONE);
        assertThat(record.forgetMarks(DUE))
                .as("not before its term is over so long")
                .isZero();
        assertThat(record.forgetMarks(DUE.plusSeconds(1))).isPositive();
        saysLater(record, answered, Action.CORRECT, STARTS);
        saysLater(record, ended, Action.CORRECT, STARTS);

        assertThat(due(record, DUE)).isEmpty();
        assertThat(obligation(record, answered)).contains(DUE);
        assertThat(obligation(record, ended)).isEmpty();
    }

    private static Optional<Instant> obligation(MessageRecord record, NewMessage message) {
        return record.history(Messages.MH, Messages.MH, message.receipt().messageId())
                .orElseThrow()
                .ties()
                .obligation();
    }

    @ParameterizedTest
    @EnumSource
    void what_came_before_the_event_does_not_stop_it_when_it_is_corrected_after(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        NewMessage early = says(record, BORN.minusSeconds(1), ANSWERS);
        says(record, NOTIFIED, STARTS);
        saysLater(record, early, Action.CORRECT, ANSWERS);

        assertThat(due(record, DUE)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void many_that_are_due_come_page_by_page(Databases kind) throws Exception {
        MessageRecord record = record(kind.url());
        for (int i = 0; i < 5; i++) {
            says(record, NOTIFIED, starts(DUE.minusSeconds(i % 2)));
        }
        List<DueClock> first = record.clocksDue(DUE, Optional.empty(), 3);
        List<DueClock> rest = record.clocksDue(DUE, Optional.of(first.get(2)), 3);

        assertThat(first).hasSize(3);
        assertThat(rest).hasSize(2);
        assertThat(first)
                .extracting(DueClock::number)
                .doesNotContainAnyElementsOf(rest.stream().map(DueClock::number).toList());
    }
}
