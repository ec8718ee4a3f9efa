package io.chapar.deadline;

import io.chapar.message.Dispatch;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.record.Ties;
import io.chapar.trust.HardenedJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What must follow, by the agreements as they are: births that are not registered, and those who must leave. */
class FollowingTest {

    private static final String BIRTH = "birth-notification";
    private static final String NUMBER = "identification-number-assigned";
    private static final String REGISTRATION = "birth-registration";
    private static final String OVERDUE = "birth-registration-overdue";
    private static final String TERM = "departure-term";
    private static final String CROSSING = "border-crossing";

    private static final Map<String, String> BORN = Map.of("/child/birthDate", "2019-01-10");
    /** One month from the 10th of January ends with the 10th of February, which is 20:00 in UTC. */
    private static final String IN_TIME = "2019-02-10T19:59:59.999Z";

    private static final String OVER = "2019-02-10T20:00:00Z";
    /** Ten working days from Tuesday the 8th of January end with the 22nd. */
    private static final String TERM_OVER = "2019-01-22T20:00:00Z";

    @TempDir
    Path folder;

    private World world;
    private final UUID conversation = UUID.randomUUID();

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Passage.Recorded says(String exchange, UUID conversationId, Map<String, String> values) throws Exception {
        return world.accepted(World.sample(exchange, conversationId, values));
    }

    private List<String> ranOutAt(String instant) {
        world.clock.set(instant);
        world.runningOut.look();
        return world.ranOut;
    }

    @Test
    void a_birth_that_nobody_registers_is_told_once_to_the_ministry_of_justice() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        assertThat(ranOutAt(IN_TIME)).isEmpty();
        assertThat(world.runningOut.look()).isEqualTo(Instant.parse(OVER));
        long before = world.record.equation().messages();

        assertThat(ranOutAt(OVER)).containsExactly(BIRTH);
        assertThat(ranOutAt("2019-03-10T20:00:00Z")).containsExactly(BIRTH);

        assertThat(world.record.equation().messages()).isEqualTo(before + 1);
        await().untilAsserted(() -> assertThat(world.published).hasSize(3));
        Dispatch.Due due = world.record.due(world.published.get(2).deliveryId()).orElseThrow();
        assertThat(due.receiver()).isEqualTo(new PartyCode("MJ"));
        assertThat(due.sender()).isEqualTo(PartyCode.CHAPAR);
        assertThat(due.exchange().exchange()).isEqualTo(OVERDUE);
        Map<String, Object> notice = HardenedJson.parse(due.document());
        assertThat(World.text(notice, "conversationId")).isEqualTo(conversation.toString());
        assertThat(notice)
                .containsEntry(
                        "birthNotificationId", birth.receipt().messageId().toString())
                .containsEntry("birthDate", "2019-01-10")
                .containsEntry("lastDay", "2019-02-10")
                .hasSize(4);
    }

    @Test
    void a_registration_in_the_conversation_stops_it() throws Exception {
        says(BIRTH, conversation, BORN);
        world.clock.set(IN_TIME);
        says(REGISTRATION, conversation, Map.of());

        assertThat(ranOutAt(OVER)).isEmpty();
    }

    @Test
    void a_registration_elsewhere_stops_it_by_the_number_that_was_assigned_and_by_no_other() throws Exception {
        says(BIRTH, conversation, BORN);
        says(BIRTH, UUID.randomUUID(), BORN);
        says(NUMBER, conversation, Map.of("/identificationNumber", "7KX40PC"));
        says(REGISTRATION, UUID.randomUUID(), Map.of("/child/identificationNumber", "7KX40PC"));
        says(REGISTRATION, UUID.randomUUID(), Map.of("/child/identificationNumber", "5QRTNK2"));

        assertThat(ranOutAt(OVER)).containsExactly(BIRTH);
    }

    @Test
    void a_registration_of_no_notified_birth_is_accepted_and_marked_when_it_is_late() throws Exception {
        world.clock.set("2019-02-10T20:00:00.001Z");
        Passage.Recorded late = says(REGISTRATION, conversation, BORN);

        Receipt.Deadline missed = new Receipt.Deadline(Instant.parse(OVER), false);
        assertThat(late.receipt().deadline()).contains(missed);
        Ties ties = world.record
                .history(
                        late.receipt().sender(),
                        late.receipt().sender(),
                        late.receipt().messageId())
                .orElseThrow()
                .ties();
        assertThat(ties.deadline()).contains(missed);
        world.clock.set(IN_TIME);
        assertThat(says(REGISTRATION, conversation, BORN).receipt().deadline())
                .contains(new Receipt.Deadline(Instant.parse(OVER), true));
    }

    @Test
    void of_the_clock_the_sender_sees_when_it_ends_and_not_whether_it_was_stopped() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        PartyCode sender = birth.receipt().sender();
        UUID id = birth.receipt().messageId();
        Ties running = world.record.history(sender, sender, id).orElseThrow().ties();
        says(REGISTRATION, conversation, Map.of());

        assertThat(running.obligation()).contains(Instant.parse(OVER));
        assertThat(world.record.history(sender, sender, id).orElseThrow().ties())
                .isEqualTo(running);
    }

    @Test
    void a_receiver_is_not_told_what_was_counted_from_dates_that_it_may_not_see() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        world.clock.set("2019-02-10T20:00:00.001Z");
        Passage.Recorded late = says(REGISTRATION, conversation, BORN);

        for (Passage.Recorded message : List.of(birth, late)) {
            Ties told = world.record
                    .history(
                            new PartyCode("SPR"),
                            message.receipt().sender(),
                            message.receipt().messageId())
                    .orElseThrow()
                    .ties();
            assertThat(told.deadline()).isEmpty();
            assertThat(told.obligation()).isEmpty();
        }
    }

    private static Map<String, String> term() {
        return Map.of("/termStart", "2019-01-08", "/lastDay", "2019-01-22");
    }

    private static Map<String, String> crossing(String direction, String number) {
        return Map.of("/direction", direction, "/travelDocument/number", number, "/travelDocument/issuer", "TUR");
    }

    @Test
    void who_does_not_leave_in_ten_working_days_is_only_recorded() throws Exception {
        says(TERM, conversation, term());
        says(CROSSING, UUID.randomUUID(), crossing("entry", "U12345678"));
        says(CROSSING, UUID.randomUUID(), crossing("exit", "U12345679"));
        Map<String, String> otherIssuer = new HashMap<>(crossing("exit", "U12345678"));
        otherIssuer.put("/travelDocument/issuer", "GEO");
        says(CROSSING, UUID.randomUUID(), otherIssuer);
        long before = world.record.equation().messages();

        assertThat(ranOutAt("2019-01-22T19:59:59Z")).isEmpty();
        assertThat(ranOutAt(TERM_OVER)).containsExactly(TERM);
        assertThat(ranOutAt("2019-02-22T20:00:00Z")).containsExactly(TERM);
        assertThat(world.record.equation().messages()).isEqualTo(before);
    }

    @Test
    void leaving_with_the_same_travel_document_stops_it_also_before_the_term_was_told() throws Exception {
        world.clock.set("2019-01-09T06:00:00Z");
        says(CROSSING, UUID.randomUUID(), crossing("exit", "U12345678"));
        world.clock.set("2019-01-10T06:00:00Z");
        says(TERM, conversation, term());

        assertThat(ranOutAt(TERM_OVER)).isEmpty();
    }

    @Test
    void having_left_before_the_term_began_does_not_stop_it() throws Exception {
        world.clock.set("2019-01-07T19:59:59Z");
        says(CROSSING, UUID.randomUUID(), crossing("exit", "U12345678"));
        world.clock.set("2019-01-10T06:00:00Z");
        says(TERM, conversation, term());

        assertThat(ranOutAt(TERM_OVER)).containsExactly(TERM);
    }

    @Test
    void a_correction_moves_the_clock_and_a_withdrawal_ends_it() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        Map<String, String> later = Map.of(
                "/child/birthDate",
                "2019-01-20",
                "/header/action",
                "correct",
                "/header/corrects",
                birth.receipt().messageId().toString());
        says(BIRTH, conversation, later);
        assertThat(ranOutAt("2019-02-20T19:59:59Z")).isEmpty();
        Map<String, String> withdrawn = new HashMap<>(later);
        withdrawn.put("/header/action", "withdraw");
        says(BIRTH, conversation, withdrawn);

        assertThat(ranOutAt("2019-02-20T20:00:00Z")).isEmpty();
        Refusal refused = catchThrowableOfType(Refusal.class, () -> says(BIRTH, conversation, later));
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(refused.problem().violations().get(0).pointer()).isEqualTo("/header/corrects");
    }

    @Test
    void a_withdrawal_that_is_sent_again_gets_its_receipt_again() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        Map<String, Object> withdrawal = World.sample(
                BIRTH,
                conversation,
                Map.of(
                        "/header/action",
                        "withdraw",
                        "/header/corrects",
                        birth.receipt().messageId().toString()));

        Receipt first = world.accepted(withdrawal).receipt();
        Passage.Recorded again = world.accepted(withdrawal);
        assertThat(again.repeat()).isTrue();
        assertThat(again.receipt()).isEqualTo(first);
    }

    @Test
    void anothers_message_is_refused_in_the_words_of_one_that_does_not_exist() throws Exception {
        Passage.Recorded birth = says(BIRTH, conversation, BORN);
        Refusal anothers = refused(birth.receipt().messageId());
        Refusal none = refused(UUID.randomUUID());

        assertThat(anothers.problem()).isEqualTo(none.problem());
        assertThat(none.problem().code()).isEqualTo(ProblemCode.RULE);
    }

    private Refusal refused(UUID corrects) {
        return catchThrowableOfType(
                Refusal.class,
                () -> says(
                        REGISTRATION,
                        conversation,
                        Map.of("/header/action", "correct", "/header/corrects", corrects.toString())));
    }

    @Test
    void no_number_of_a_person_stands_in_the_tables_in_clear() throws Exception {
        says(BIRTH, conversation, BORN);
        says(NUMBER, conversation, Map.of("/identificationNumber", "7KX40PC"));
        says(REGISTRATION, UUID.randomUUID(), Map.of("/child/identificationNumber", "7KX40PC"));
        says(TERM, UUID.randomUUID(), term());
        says(CROSSING, UUID.randomUUID(), crossing("exit", "U12345678"));

        StringBuilder all = new StringBuilder();
        for (String table : List.of("clock", "clock_mark", "clock_answer", "clock_number", "event")) {
            try (Connection connection = world.database.readers().getConnection();
                    ResultSet row = connection.createStatement().executeQuery("select * from " + table)) {
                int rows = 0;
                while (row.next()) {
                    rows++;
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        Object value = row.getObject(i);
                        all.append(
                                value instanceof byte[] bytes
                                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                                                + HexFormat.of().formatHex(bytes)
                                        : String.valueOf(value));
                    }
                }
                assertThat(rows).as(table).isPositive();
            }
        }
        assertThat(all.toString().toUpperCase(Locale.ROOT)).doesNotContain("7KX40PC", "U12345678", "BIRTHDATE");
    }
}
