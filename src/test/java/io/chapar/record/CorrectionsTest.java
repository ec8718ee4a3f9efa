package io.chapar.record;

import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Header;
import io.chapar.message.Header.Action;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.MJ;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a sender says later about its message: behind it, to all who have it, and nothing lost. */
class CorrectionsTest {

    private static final Optional<String> NO_KEY = Optional.empty();

    @TempDir
    Path folder;

    private final List<Ticket> published = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private MessageRecord record(Databases kind) throws Exception {
        Database database = kind.open(folder);
        MessageRecord record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.systemUTC());
        record.onDurable(published::addAll);
        open.add(record);
        open.add(database);
        return record;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static NewMessage accepted(MessageRecord record, NewMessage message) throws Refusal {
        assertThat(record.accept(message)).isInstanceOf(Acceptance.New.class);
        return message;
    }

    private static NewMessage original(MessageRecord record, PartyCode... receivers) throws Refusal {
        return accepted(record, Messages.message(UUID.randomUUID(), "{\"n\":1}", NO_KEY, receivers));
    }

    private static NewMessage later(MessageRecord record, NewMessage of, Action action, PartyCode... added)
            throws Refusal {
        return accepted(record, Messages.later(record, of, action, ClockEffects.NONE, added));
    }

    private static UUID delivery(NewMessage message, int index) {
        return message.tickets().get(index).deliveryId();
    }

    private static String state(MessageRecord record, NewMessage message, PartyCode receiver) {
        return record.history(receiver, MH, message.receipt().messageId())
                .orElseThrow()
                .receivers()
                .get(0)
                .state();
    }

    private static void deliver(MessageRecord record, UUID id) {
        record.ended(Messages.acknowledged(record.due(id).orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource
    void it_waits_behind_a_message_that_has_no_ordering_key(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        Dispatch.Due taken = record.due(delivery(original, 0)).orElseThrow();
        NewMessage correction = later(record, original, Action.CORRECT);
        NewMessage withdrawal = later(record, correction, Action.WITHDRAW);

        assertThat(record.heldBack(delivery(original, 0))).isFalse();
        for (NewMessage each : List.of(correction, withdrawal)) {
            assertThat(record.heldBack(delivery(each, 0))).isTrue();
            record.ended(new Dispatch.Held(record.due(delivery(each, 0)).orElseThrow()));
        }
        // taken before it was corrected: its end lets the correction go on all the same
        record.ended(Messages.acknowledged(taken));
        await().untilAsserted(() ->
                assertThat(published).extracting(Ticket::deliveryId).endsWith(delivery(correction, 0)));
        deliver(record, delivery(correction, 0));
        await().untilAsserted(() ->
                assertThat(published).extracting(Ticket::deliveryId).endsWith(delivery(withdrawal, 0)));
        deliver(record, delivery(withdrawal, 0));

        assertThat(record.equation().delivered()).isEqualTo(3);
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_mailbox_gives_it_only_after_the_original(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        record.ended(new Dispatch.Mailed(
                Messages.signed(record.due(delivery(original, 0)).orElseThrow())));
        NewMessage correction = later(record, original, Action.CORRECT);
        record.ended(new Dispatch.Mailed(
                Messages.signed(record.due(delivery(correction, 0)).orElseThrow())));

        assertThat(record.handOut(SPR, 10, Duration.ofMinutes(1)))
                .extracting(MailboxEntry::deliveryId)
                .containsExactly(delivery(original, 0));
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_heard_again_after_what_was_refused_was_replaced(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        UUID refused = delivery(original, 0);
        record.ended(new Dispatch.Mailed(Messages.signed(record.due(refused).orElseThrow())));
        assertThat(record.refusedFromMailbox(SPR, refused, "not-ours", "no")).isTrue();
        later(record, original, Action.CORRECT);

        assertThat(state(record, original, SPR)).isEqualTo("withdrawn");
        assertThat(record.refusedFromMailbox(SPR, refused, "not-ours", "no")).isTrue();
        assertThat(record.refusedFromMailbox(MJ, refused, "not-ours", "no")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_parked_one_is_withdrawn_and_what_withdraws_it_goes_on(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR, MJ);
        deliver(record, delivery(original, 1));
        record.ended(new Dispatch.Parked(record.due(delivery(original, 0)).orElseThrow(), 422, "schema", "no"));
        NewMessage withdrawal = later(record, original, Action.WITHDRAW);

        assertThat(state(record, original, SPR)).isEqualTo("withdrawn");
        assertThat(state(record, original, MJ)).isEqualTo("delivered");
        for (Ticket ticket : withdrawal.tickets()) {
            assertThat(record.heldBack(ticket.deliveryId())).isFalse();
            deliver(record, ticket.deliveryId());
        }
        Equation equation = record.equation();
        assertThat(equation.withdrawn()).isEqualTo(1);
        assertThat(equation.delivered()).isEqualTo(3);
        assertThat(equation.holds()).isTrue();
        assertThat(record.parked().sendAgain(delivery(original, 0), "operator")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_parked_after_it_was_corrected_is_withdrawn_at_once(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        NewMessage correction = later(record, original, Action.CORRECT);
        record.ended(new Dispatch.Held(record.due(delivery(correction, 0)).orElseThrow()));
        published.clear();
        record.ended(new Dispatch.Parked(record.due(delivery(original, 0)).orElseThrow(), 422, "schema", "no"));

        assertThat(state(record, original, SPR)).isEqualTo("withdrawn");
        await().untilAsserted(() ->
                assertThat(published).extracting(Ticket::deliveryId).containsExactly(delivery(correction, 0)));
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void it_is_about_the_first_of_them_whichever_of_them_it_names(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        NewMessage first = later(record, original, Action.CORRECT, MJ);
        NewMessage second = later(record, first, Action.CORRECT);

        assertThat(second.tickets()).extracting(Ticket::receiver).containsExactlyInAnyOrder(SPR, MJ);
        assertThat(second.corrected().orElseThrow().originalId())
                .isEqualTo(original.receipt().messageId());
        Ties ties = record.history(MH, MH, original.receipt().messageId())
                .orElseThrow()
                .ties();
        assertThat(ties.correctedBy())
                .extracting(Ties.Correction::messageId)
                .containsExactly(first.receipt().messageId(), second.receipt().messageId());
        assertThat(ties.corrects()).isEmpty();
        assertThat(ties.deadline()).isEqualTo(original.receipt().deadline());
        Ties later = record.history(SPR, MH, second.receipt().messageId())
                .orElseThrow()
                .ties();
        assertThat(later.corrects()).contains(first.receipt().messageId());
        assertThat(later.correctedBy()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_known_of_anothers_message_of_another_exchange_or_of_none(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        Header own = Messages.later(record, original, Action.CORRECT, ClockEffects.NONE)
                .authorised()
                .header();

        assertThat(record.corrected(own)).isPresent();
        assertThat(record.corrected(with(own, MJ, own.exchange(), own.corrects())))
                .isEmpty();
        assertThat(record.corrected(with(own, MH, new ExchangeVersion("border-crossing", "1.0"), own.corrects())))
                .isEmpty();
        assertThat(record.corrected(with(own, MH, own.exchange(), Optional.of(UUID.randomUUID()))))
                .isEmpty();
    }

    private static Header with(Header it, PartyCode sender, ExchangeVersion exchange, Optional<UUID> corrects) {
        return new Header(
                it.messageId(),
                it.conversationId(),
                exchange,
                it.action(),
                corrects,
                sender,
                it.sentAt(),
                it.nonce(),
                it.onBehalfOf(),
                it.orderingKey(),
                it.inquiry());
    }

    @ParameterizedTest
    @EnumSource
    void told_when_withdrawn_and_one_that_comes_in_the_same_moment_is_not_recorded(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        NewMessage tooLate = Messages.later(record, original, Action.CORRECT, ClockEffects.NONE);
        NewMessage withdrawal = later(record, original, Action.WITHDRAW);

        assertThat(record.corrected(tooLate.authorised().header()).orElseThrow().withdrawn())
                .isTrue();
        assertThat(record.corrected(tooLate.authorised().header()).orElseThrow().known())
                .isFalse();
        assertThat(record.corrected(withdrawal.authorised().header())
                        .orElseThrow()
                        .known())
                .isTrue();
        assertThatThrownBy(() -> record.accept(tooLate))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
        assertThat(record.equation().messages()).isEqualTo(2);
        assertThat(record.accept(withdrawal)).isInstanceOf(Acceptance.Repeat.class);
    }

    @ParameterizedTest
    @EnumSource
    void one_that_would_leave_out_a_receiver_of_the_same_moment_is_not_recorded(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage original = original(record, SPR);
        NewMessage withoutMj = Messages.later(record, original, Action.CORRECT, ClockEffects.NONE);
        later(record, original, Action.CORRECT, MJ);

        assertThatThrownBy(() -> record.accept(withoutMj)).isInstanceOf(Refusal.class);
        assertThat(record.equation().holds()).isTrue();
    }
}
