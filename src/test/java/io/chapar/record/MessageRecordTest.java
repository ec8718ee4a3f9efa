package io.chapar.record;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.message.Refusal;
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

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.MJ;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the record promises, held to it on both databases. */
class MessageRecordTest {

    private static final Optional<String> NO_KEY = Optional.empty();
    private static final Optional<String> KEY = Optional.of("traveller-1");

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
        this.database = database;
        return record;
    }

    private @Nullable Database database;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private void published(UUID... ids) {
        assertThat(published).extracting(Ticket::deliveryId).containsExactly(ids);
    }

    private static UUID deliver(MessageRecord record, NewMessage message, int index) {
        UUID id = message.tickets().get(index).deliveryId();
        record.ended(Messages.acknowledged(record.due(id).orElseThrow()));
        return id;
    }

    @ParameterizedTest
    @EnumSource
    void repeated_when_the_same_content_comes_again_with_the_receipt_of_then(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = UUID.randomUUID();
        NewMessage first = Messages.message(id, "{}", NO_KEY, SPR, MJ);

        assertThat(record.accept(first)).isInstanceOf(Acceptance.New.class);
        Acceptance.Repeat repeat = (Acceptance.Repeat) record.accept(Messages.message(id, "{}", NO_KEY, SPR, MJ));

        assertThat(repeat.receipt()).isEqualTo(first.receipt());
        assertThat(repeat.jws()).isEqualTo(first.jws());
        assertThat(repeat.xml()).hasValue(first.xml().orElseThrow());
        published(first.tickets().get(0).deliveryId(), first.tickets().get(1).deliveryId());
    }

    @ParameterizedTest
    @EnumSource
    void the_second_form_of_a_receipt_is_what_was_kept_first(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage other = Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR);
        record.accept(other);
        UUID id = UUID.randomUUID();
        NewMessage wanted = Messages.message(id, "{}", NO_KEY, SPR);
        NewMessage first = new NewMessage(
                wanted.authorised(),
                wanted.receipt(),
                wanted.jws(),
                Optional.empty(),
                wanted.tickets(),
                Optional.empty(),
                ClockEffects.NONE);
        record.accept(first);

        Acceptance.Repeat before = (Acceptance.Repeat) record.accept(Messages.message(id, "{}", NO_KEY, SPR));
        assertThat(before.xml()).isEmpty();
        assertThat(record.xmlReceipt(before.receipt(), new byte[] {1})).containsExactly(1);
        assertThat(record.xmlReceipt(before.receipt(), new byte[] {2})).containsExactly(1);

        Acceptance.Repeat after = (Acceptance.Repeat) record.accept(Messages.message(id, "{}", NO_KEY, SPR));
        assertThat(after.xml()).hasValue(new byte[] {1});
        assertThat(after.jws()).isEqualTo(first.jws());
        assertThat(record.xmlReceipt(other.receipt(), new byte[] {3}))
                .isEqualTo(other.xml().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void refused_when_an_id_is_used_for_another_content(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = UUID.randomUUID();
        record.accept(Messages.message(id, "{}", NO_KEY, SPR));

        assertThat(record.accept(Messages.message(id, "{\"a\":1}", NO_KEY, SPR)))
                .isInstanceOf(Acceptance.Reused.class);
        assertThat(record.equation().messages()).isEqualTo(1);
    }

    /** An id is unique for its sender: nobody takes one from another, nor learns that it was used. */
    @ParameterizedTest
    @EnumSource
    void new_when_another_sender_has_used_the_same_id(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = UUID.randomUUID();
        NewMessage first = Messages.message(id, "{}", NO_KEY, SPR);
        NewMessage same = Messages.from(MJ, Messages.message(id, "{}", NO_KEY, SPR));
        record.accept(first);

        assertThat(record.accept(same)).isInstanceOf(Acceptance.New.class);
        assertThat(record.accept(Messages.from(MJ, Messages.message(id, "{\"a\":1}", NO_KEY, SPR))))
                .isInstanceOf(Acceptance.Reused.class);
        Acceptance.Repeat firstAgain = (Acceptance.Repeat) record.accept(Messages.message(id, "{}", NO_KEY, SPR));
        Acceptance.Repeat sameAgain =
                (Acceptance.Repeat) record.accept(Messages.from(MJ, Messages.message(id, "{}", NO_KEY, SPR)));
        assertThat(firstAgain.receipt()).isEqualTo(first.receipt());
        assertThat(sameAgain.receipt()).isEqualTo(same.receipt());
        assertThat(record.equation().messages()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void one_is_new_when_a_hundred_send_the_same_at_once(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = UUID.randomUUID();
        ExecutorService senders = Executors.newFixedThreadPool(100);
        List<Callable<Acceptance>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(() -> record.accept(Messages.message(id, "{}", NO_KEY, SPR)));
        }
        List<Acceptance> answers = new ArrayList<>();
        for (Future<Acceptance> call : senders.invokeAll(calls)) {
            answers.add(call.get());
        }
        senders.shutdown();

        assertThat(answers).filteredOn(Acceptance.New.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Acceptance.Repeat.class::isInstance).hasSize(99);
        assertThat(published).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_due_is_what_was_sent_and_is_stored_encrypted(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage message = Messages.message(UUID.randomUUID(), "{\"name\":\"Leyla\"}", NO_KEY, SPR);
        record.accept(message);

        Dispatch.Due due = record.due(message.tickets().get(0).deliveryId()).orElseThrow();

        assertThat(new String(due.document(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Leyla\"}");
        assertThat(due.attachments())
                .singleElement()
                .satisfies(attachment -> assertThat(new String(attachment.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo("a scan"));
        assertThat(due.attempt()).isEqualTo(1);
        try (Connection connection = Objects.requireNonNull(database).readers().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select sealed from content")) {
            while (row.next()) {
                assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                        .doesNotContain("Leyla", "a scan");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void not_due_any_more_when_acknowledged_and_a_second_end_has_no_effect(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR, MJ);
        record.accept(message);
        Dispatch.Due due = record.due(message.tickets().get(0).deliveryId()).orElseThrow();

        record.ended(Messages.acknowledged(due));
        record.ended(new Dispatch.Parked(due, 422, "schema", "no"));

        assertThat(record.due(due.deliveryId())).isEmpty();
        History history = record.history(MH, MH, message.receipt().messageId()).orElseThrow();
        assertThat(history.state()).isEqualTo("waiting");
        assertThat(history.receivers())
                .extracting(History.ReceiverHistory::state)
                .containsExactlyInAnyOrder("delivered", "waiting");
        assertThat(record.equation().holds()).isTrue();
        assertThat(record.equation().delivered()).isEqualTo(1);
        assertThat(record.equation().waiting()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void held_behind_a_parked_one_until_that_is_sent_again(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage first = Messages.message(UUID.randomUUID(), "{\"n\":1}", KEY, SPR);
        NewMessage second = Messages.message(UUID.randomUUID(), "{\"n\":2}", KEY, SPR);
        NewMessage other = Messages.message(UUID.randomUUID(), "{\"n\":3}", Optional.of("traveller-2"), SPR);
        record.accept(first);
        record.accept(second);
        record.accept(other);
        UUID firstId = first.tickets().get(0).deliveryId();
        UUID secondId = second.tickets().get(0).deliveryId();
        record.ended(new Dispatch.Parked(record.due(firstId).orElseThrow(), 422, "schema", "unreadable"));

        assertThat(record.heldBack(secondId)).isTrue();
        assertThat(record.heldBack(other.tickets().get(0).deliveryId())).isFalse();
        record.ended(new Dispatch.Held(record.due(secondId).orElseThrow()));
        assertThat(published).hasSize(3);
        published.clear();
        assertThat(record.history(MH, MH, first.receipt().messageId())
                        .orElseThrow()
                        .receivers()
                        .get(0)
                        .answer())
                .contains("422 schema: unreadable");
        assertThat(record.equation().parked()).isEqualTo(1);

        assertThat(record.parked().sendAgain(firstId, "operator-1"))
                .map(Ticket::deliveryId)
                .hasValue(firstId);

        published(firstId);
        assertThat(record.due(firstId)).isPresent();
        assertThat(record.parked().sendAgain(firstId, "operator-1")).isEmpty();
        deliver(record, first, 0);
        published(firstId, secondId);
    }

    @ParameterizedTest
    @EnumSource
    void goes_on_behind_a_parked_one_when_the_agreement_says_so(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage first = Messages.message(
                Messages.authorised(UUID.randomUUID(), "{\"n\":1}", KEY, Agreement.OnPark.CONTINUE), SPR);
        NewMessage second = Messages.message(
                Messages.authorised(UUID.randomUUID(), "{\"n\":2}", KEY, Agreement.OnPark.CONTINUE), SPR);
        record.accept(first);
        record.accept(second);
        UUID firstId = first.tickets().get(0).deliveryId();
        record.ended(new Dispatch.Parked(record.due(firstId).orElseThrow(), 0, "mapping", ""));

        assertThat(record.heldBack(second.tickets().get(0).deliveryId())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void one_that_was_held_goes_on_when_the_one_before_it_is_acknowledged(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage first = Messages.message(UUID.randomUUID(), "{\"n\":1}", KEY, SPR);
        NewMessage second = Messages.message(UUID.randomUUID(), "{\"n\":2}", KEY, SPR);
        record.accept(first);
        record.accept(second);
        UUID firstId = first.tickets().get(0).deliveryId();
        UUID secondId = second.tickets().get(0).deliveryId();
        Dispatch.Due due = record.due(secondId).orElseThrow();
        record.ended(new Dispatch.Held(due));
        published(firstId, secondId);
        published.clear();

        deliver(record, first, 0);
        published(secondId);

        published.clear();
        record.ended(new Dispatch.Held(due));
        // Nothing is before it any more, so it is not left behind.
        published(secondId);
    }

    @ParameterizedTest
    @EnumSource
    void a_mailbox_hands_out_in_order_and_once_while_invisible(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage first = Messages.message(UUID.randomUUID(), "{\"n\":1}", KEY, SPR);
        NewMessage second = Messages.message(UUID.randomUUID(), "{\"n\":2}", KEY, SPR);
        for (NewMessage message : List.of(first, second)) {
            record.accept(message);
            record.ended(new Dispatch.Mailed(Messages.signed(
                    record.due(message.tickets().get(0).deliveryId()).orElseThrow())));
        }
        UUID firstId = first.tickets().get(0).deliveryId();

        List<MailboxEntry> handedOut = record.handOut(SPR, 10, Duration.ofMinutes(1));
        assertThat(handedOut).extracting(MailboxEntry::deliveryId).containsExactly(firstId);
        assertThat(handedOut.get(0).attempt()).isEqualTo(1);
        assertThat(handedOut.get(0).payload().bytes()).isEqualTo("for SPR".getBytes(StandardCharsets.UTF_8));
        assertThat(record.handOut(SPR, 10, Duration.ofMinutes(1))).isEmpty();
        assertThat(record.handOut(MJ, 10, Duration.ofMinutes(1))).isEmpty();

        Digest right = handedOut.get(0).digest();
        Proof proof = new Proof(new byte[] {1}, Optional.empty());
        assertThat(record.acknowledgedFromMailbox(MJ, firstId, right, proof, Instant.now()))
                .isFalse();
        assertThat(record.acknowledgedFromMailbox(SPR, firstId, Digest.of(proof.said()), proof, Instant.now()))
                .isFalse();
        assertThat(record.acknowledgedFromMailbox(SPR, firstId, right, proof, Instant.now()))
                .isTrue();
        assertThat(record.acknowledgedFromMailbox(SPR, firstId, right, proof, Instant.now()))
                .isTrue();
        assertThat(record.handOut(SPR, 10, Duration.ofMinutes(1)))
                .extracting(MailboxEntry::deliveryId)
                .containsExactly(second.tickets().get(0).deliveryId());
        UUID refused = second.tickets().get(0).deliveryId();
        assertThat(record.refusedFromMailbox(MJ, refused, "Ali!", "not ours")).isFalse();
        assertThat(record.refusedFromMailbox(SPR, refused, "Ali!", "not ours")).isTrue();
        assertThat(record.refusedFromMailbox(SPR, refused, "Ali!", "not ours")).isTrue();
        assertThat(record.refusedFromMailbox(SPR, firstId, "Ali!", "not ours")).isFalse();
        assertThat(record.equation().parked()).isEqualTo(1);
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void one_in_a_mailbox_that_cannot_be_opened_keeps_no_other_from_its_receiver(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage broken = Messages.message(UUID.randomUUID(), "{\"n\":1}", NO_KEY, SPR);
        NewMessage whole = Messages.message(UUID.randomUUID(), "{\"n\":2}", NO_KEY, SPR);
        for (NewMessage message : List.of(broken, whole)) {
            record.accept(message);
            record.ended(new Dispatch.Mailed(Messages.signed(
                    record.due(message.tickets().get(0).deliveryId()).orElseThrow())));
        }
        try (Connection connection = Objects.requireNonNull(database).openWriter();
                var alter = connection.prepareStatement("update mailed set sealed = digest where delivery_id = ?")) {
            alter.setBytes(1, Columns.id(broken.tickets().get(0).deliveryId()));
            assertThat(alter.executeUpdate()).isEqualTo(1);
            connection.commit();
        }

        assertThat(record.handOut(SPR, 10, Duration.ofMinutes(1)))
                .extracting(MailboxEntry::deliveryId)
                .containsExactly(whole.tickets().get(0).deliveryId());
    }

    @ParameterizedTest
    @EnumSource
    void of_many_held_the_next_one_only_goes_on_and_none_overtakes_a_parked_one(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NewMessage message = Messages.message(UUID.randomUUID(), "{\"n\":" + i + "}", KEY, SPR);
            record.accept(message);
            ids.add(message.tickets().get(0).deliveryId());
        }
        for (UUID id : ids.subList(1, 4)) {
            record.ended(new Dispatch.Held(record.due(id).orElseThrow()));
        }
        record.ended(new Dispatch.Mailed(Messages.signed(record.due(ids.get(0)).orElseThrow())));
        published(ids.get(0), ids.get(1), ids.get(2), ids.get(3), ids.get(1));

        record.ended(new Dispatch.Parked(record.due(ids.get(1)).orElseThrow(), 422, "schema", ""));
        record.acknowledgedFromMailbox(
                SPR,
                ids.get(0),
                record.mailboxEntry(SPR, ids.get(0)).orElseThrow().digest(),
                new Proof(new byte[] {1}, Optional.empty()),
                Instant.now());

        assertThat(record.heldBack(ids.get(2))).isTrue();
        assertThat(published).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource
    void refused_when_a_question_is_repeated_or_its_id_was_used(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        UUID id = UUID.randomUUID();
        var question = Messages.authorised(id, "{}", NO_KEY, Agreement.OnPark.WAIT);
        record.ask(question);
        record.answered(question, Digest.of(new byte[0]), new byte[] {1}, false);

        assertThatThrownBy(() -> record.ask(question))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.QUERY_REPEATED));
        assertThatThrownBy(() -> record.ask(Messages.authorised(id, "[]", NO_KEY, Agreement.OnPark.WAIT)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.ID_REUSED));
        assertThat(record.history(MH, MH, id).orElseThrow().state()).isEqualTo("answered");
        assertThat(record.equation().holds()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void the_equation_names_what_the_broker_lost_and_what_it_invented(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR);
        record.accept(message);
        UUID invented = UUID.randomUUID();

        DeliveryIds held = new DeliveryIds();
        held.add(invented);
        Equation equation = record.equation(held);

        assertThat(equation.holds()).isFalse();
        assertThat(equation.misfits())
                .extracting(Equation.Misfit::id)
                .containsExactlyInAnyOrder(invented, message.tickets().get(0).deliveryId());
        List<Ticket> waiting = new ArrayList<>();
        record.forEachWaiting(waiting::add);
        assertThat(waiting).isEqualTo(message.tickets());
    }

    @ParameterizedTest
    @EnumSource
    void refused_when_the_gateway_is_stopping(Databases kind) throws Exception {
        MessageRecord record = record(kind);
        assertThat(record.healthy()).isTrue();
        record.close();

        assertThatThrownBy(() -> record.accept(Messages.message(UUID.randomUUID(), "{}", NO_KEY, SPR)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
        assertThat(record.healthy()).isFalse();
    }
}
