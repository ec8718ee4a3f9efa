package io.chapar.authorise;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.message.Violation;
import io.chapar.record.Corrected;
import io.chapar.record.NotRecorded;
import io.chapar.validate.Validate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AuthoriseTest {

    private static final String BIRTH = "birth-notification";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Validate VALIDATE = new Validate(RealFiles.SCHEMAS);

    @Test
    void the_agreements_receivers_receive() throws Exception {
        assertThat(receivers(authorise(real()).apply(message("MH", BIRTH, Passages.sample(BIRTH, "full.json")))))
                .containsExactly("SPR", "MJ");
    }

    @Test
    void a_receiver_with_a_condition_receives_only_when_it_holds() throws Exception {
        Agreement girls = changed(
                agreement(BIRTH),
                agreement(BIRTH).receivers().stream()
                        .map(receiver -> receiver.party().value().equals("MJ")
                                ? new Receiver(
                                        receiver.party(),
                                        Optional.of(new Agreement.Condition(
                                                "/child/sex", Agreement.Condition.Test.IN, Set.of("none"))),
                                        receiver.fields(),
                                        receiver.format(),
                                        receiver.version(),
                                        receiver.mapping())
                                : receiver)
                        .toList());
        assertThat(receivers(authorise(only(girls)).apply(message("MH", BIRTH, Passages.sample(BIRTH, "full.json")))))
                .containsExactly("SPR");
    }

    @Test
    void sender_mismatch_when_the_header_names_another_party() {
        assertThat(refusal(real(), message("MJ", BIRTH, Passages.sample(BIRTH, "full.json")))
                        .code())
                .isEqualTo(ProblemCode.SENDER_MISMATCH);
    }

    @Test
    void not_agreed_when_the_agreement_does_not_name_the_sender() {
        String sample = Passages.sample(BIRTH, "full.json").replace("\"MH\"", "\"MJ\"");
        assertThat(refusal(real(), message("MJ", BIRTH, sample)).code()).isEqualTo(ProblemCode.NOT_AGREED);
    }

    @Test
    void not_agreed_for_whomever_the_sender_says_it_acts() {
        String sample = Passages.sample(BIRTH, "full.json")
                .replace("\"MH\"", "\"MJ\"")
                .replaceFirst("\"onBehalfOf\"\\s*:\\s*\"[^\"]*\"", "\"onBehalfOf\": \"MH\"");
        assertThat(sample).contains("\"onBehalfOf\": \"MH\"");
        assertThat(refusal(real(), message("MJ", BIRTH, sample)).code()).isEqualTo(ProblemCode.NOT_AGREED);
    }

    @Test
    void not_agreed_before_the_agreement_begins_and_after_it_ends_in_baku() throws Exception {
        Passage.Validated message = message("MH", BIRTH, Passages.sample(BIRTH, "full.json"));
        Agreement today = dated(LocalDate.parse("2026-11-23"), LocalDate.parse("2026-11-23"));
        assertThat(authorise(only(today), "2026-11-22T20:00:00Z").apply(message))
                .isNotNull();
        assertThat(authorise(only(today), "2026-11-23T19:59:59Z").apply(message))
                .isNotNull();
        for (String outside : List.of("2026-11-22T19:59:59Z", "2026-11-23T20:00:00Z")) {
            Refusal refusal = catchThrowableOfType(
                    Refusal.class, () -> authorise(only(today), outside).apply(message));
            assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_AGREED);
        }
    }

    @Test
    void a_repeat_is_let_through_to_its_receipt_after_the_agreement_has_ended() throws Exception {
        Agreement ended = dated(LocalDate.parse("2026-11-20"), LocalDate.parse("2026-11-21"));
        Passage.Validated message = message("MH", BIRTH, Passages.sample(BIRTH, "full.json"));
        assertThat(receivers(asked(ended, message::equals).apply(message))).isEmpty();
    }

    @Test
    void not_durable_when_nobody_can_say_whether_it_is_a_repeat() {
        Agreement ended = dated(LocalDate.parse("2026-11-20"), LocalDate.parse("2026-11-21"));
        Authorise blind = asked(ended, header -> {
            throw new Refusal(ProblemCode.NOT_DURABLE, "away");
        });
        assertThat(catchThrowableOfType(
                                Refusal.class,
                                () -> blind.apply(message("MH", BIRTH, Passages.sample(BIRTH, "full.json"))))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.NOT_DURABLE);
    }

    @Test
    void refused_by_its_rule_although_the_id_is_known_since_content_does_not_change() {
        String sample =
                Passages.sample("border-crossing", "minimal.json").replaceAll(",\\s*\"orderingKey\": *\"[^\"]*\"", "");
        Authorise stage = asked(agreement("border-crossing"), header -> true);
        assertThat(catchThrowableOfType(Refusal.class, () -> stage.apply(message("SBS", "border-crossing", sample)))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.RULE);
    }

    private static Authorise asked(Agreement agreement, Stage<Passage.Validated, Boolean> accepted) {
        return new Authorise(
                only(agreement),
                RealFiles.PARTIES,
                header -> Optional.empty(),
                accepted,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void not_agreed_while_the_exchange_is_disabled_and_told_by_what() {
        String card = Passages.sample("health-card-registration", "full.json");
        Problem problem = refusal(real(), message("MH", "health-card-registration", card));
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_AGREED);
        assertThat(problem.detail()).contains("disabled").contains("health data are sensitive");
    }

    @Test
    void not_agreed_without_a_word_about_why_it_is_disabled_when_the_sender_is_not_in_the_agreement() {
        String card = Passages.sample("health-card-registration", "full.json").replace("\"MH\"", "\"MJ\"");
        Problem problem = refusal(real(), message("MJ", "health-card-registration", card));
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_AGREED);
        assertThat(problem.detail()).contains("does not name you").doesNotContain("disabled");
    }

    @Test
    void not_agreed_when_the_version_has_no_agreement() {
        Catalogue empty = Mockito.mock(Catalogue.class);
        Mockito.when(empty.agreement(Mockito.any())).thenReturn(Optional.empty());
        assertThat(refusal(empty, message("MH", BIRTH, Passages.sample(BIRTH, "full.json")))
                        .code())
                .isEqualTo(ProblemCode.NOT_AGREED);
    }

    @Test
    void not_agreed_when_the_purpose_is_none_of_the_agreement() {
        String sample = Passages.sample("person-lookup", "minimal.json")
                .replaceAll("\"purpose\": *\"[^\"]*\"", "\"purpose\":\"curiosity\"");
        String sender = sample.replaceAll("(?s).*\"sender\": *\"([^\"]+)\".*", "$1");
        assertThat(refusal(real(), message(sender, "person-lookup", sample)).code())
                .isEqualTo(ProblemCode.NOT_AGREED);
    }

    @Test
    void forbidden_when_education_asks_migration() {
        String sample = Passages.sample("person-lookup", "minimal.json")
                .replaceAll("\"sender\": *\"[^\"]*\"", "\"sender\":\"ME\"");
        Agreement lookup = agreement("person-lookup");
        Receiver spr = lookup.receivers().get(0);
        Agreement toMigration = changed(
                lookup,
                List.of(new Receiver(
                        new PartyCode("SMS"), spr.when(), spr.fields(), spr.format(), spr.version(), spr.mapping())));
        assertThat(refusal(only(toMigration), message("ME", "person-lookup", sample))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void the_two_exchanges_of_education_and_migration_are_allowed_and_no_other() {
        assertThat(ForbiddenLinks.forbids("student-enrolment", "ME", "SMS")).isFalse();
        assertThat(ForbiddenLinks.forbids("readmission-case", "SMS", "ME")).isFalse();
        assertThat(ForbiddenLinks.forbids("migration-status-lookup", "ME", "SMS"))
                .isTrue();
        assertThat(ForbiddenLinks.forbids("person-lookup", Set.of("ME", "SMS"), Set.of("SPR")))
                .isFalse();
        assertThat(ForbiddenLinks.forbids("person-lookup", Set.of("MH"), Set.of("SMS", "ME")))
                .isTrue();
    }

    @Test
    void rule_when_the_sender_fills_in_what_only_the_gateway_sets() {
        String sample = Passages.sample(BIRTH, "minimal.json").stripTrailing();
        String filled = sample.substring(0, sample.length() - 1) + ", \"registrationDepartment\": \"RD-BA-NSM\"}";
        Problem problem = refusal(real(), message("MH", BIRTH, filled));
        assertThat(problem.code()).isEqualTo(ProblemCode.RULE);
        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly("/registrationDepartment");
    }

    @Test
    void rule_when_the_ordering_key_is_missing() {
        String sample =
                Passages.sample("border-crossing", "minimal.json").replaceAll(",\\s*\"orderingKey\": *\"[^\"]*\"", "");
        Problem problem = refusal(real(), message("SBS", "border-crossing", sample));
        assertThat(problem.code()).isEqualTo(ProblemCode.RULE);
        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly("/header/orderingKey");
    }

    @Test
    void receiver_unknown_when_the_directory_lost_it() {
        PartyDirectory nobody = Mockito.mock(PartyDirectory.class);
        Mockito.when(nobody.party(Mockito.any())).thenReturn(Optional.empty());
        Authorise stage = new Authorise(
                real(), nobody, header -> Optional.empty(), header -> false, Clock.fixed(NOW, ZoneOffset.UTC));
        Passage.Validated message = message("MH", BIRTH, Passages.sample(BIRTH, "full.json"));
        assertThat(catchThrowableOfType(Refusal.class, () -> stage.apply(message))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.RECEIVER_UNKNOWN);
    }

    private static final UUID EARLIER = UUID.fromString("5d0d1c6e-3f0b-4b53-9b0e-0a7f6f1f2a09");

    /** Of the births only girls' are told to the Ministry of Justice here, so that a correction can change who receives. */
    private static Passage.Authorised corrected(String action, Corrected earlier, String sex) throws Refusal {
        Agreement girls = changed(
                agreement(BIRTH),
                agreement(BIRTH).receivers().stream()
                        .map(receiver -> new Receiver(
                                receiver.party(),
                                receiver.party().value().equals("MJ")
                                        ? Optional.of(new Agreement.Condition(
                                                "/child/sex", Agreement.Condition.Test.IN, Set.of("F")))
                                        : Optional.empty(),
                                receiver.fields(),
                                receiver.format(),
                                receiver.version(),
                                receiver.mapping()))
                        .toList());
        Authorise authorise = new Authorise(
                only(girls),
                RealFiles.PARTIES,
                header -> Optional.of(earlier),
                header -> false,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return authorise.apply(message("MH", BIRTH, later(BIRTH, action).replaceAll("\"sex\": \"[FM]\"", sex(sex))));
    }

    private static String sex(String sex) {
        return "\"sex\": \"" + sex + "\"";
    }

    private static String later(String exchange, String action) {
        return Passages.sample(exchange, "full.json")
                .replace("\"action\": \"new\"", "\"action\": \"" + action + "\", \"corrects\": \"" + EARLIER + "\"");
    }

    private static Corrected earlier(boolean withdrawn, boolean known, String... receivers) {
        Set<PartyCode> parties = Arrays.stream(receivers).map(PartyCode::new).collect(Collectors.toSet());
        return new Corrected(1, EARLIER, Optional.of("birth-2026-000481"), parties, withdrawn, known);
    }

    @Test
    void refused_when_a_correction_has_another_ordering_key_than_what_it_corrects() {
        for (Optional<String> key : List.of(Optional.<String>empty(), Optional.of("birth-2026-000482"))) {
            Corrected other = new Corrected(1, EARLIER, key, Set.of(new PartyCode("SPR")), false, false);
            for (String action : List.of("correct", "withdraw")) {
                Refusal refusal = catchThrowableOfType(Refusal.class, () -> corrected(action, other, "F"));
                assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
                assertThat(refusal.problem().violations())
                        .extracting(Violation::pointer)
                        .containsExactly("/header/orderingKey");
            }
        }
    }

    @Test
    void a_correction_goes_to_all_who_received_and_to_whom_it_selects_now() throws Exception {
        assertThat(receivers(corrected("correct", earlier(false, false, "SPR", "MJ"), "M")))
                .containsExactly("SPR", "MJ");
        assertThat(receivers(corrected("correct", earlier(false, false, "SPR"), "F")))
                .containsExactly("SPR", "MJ");
        assertThat(receivers(corrected("correct", earlier(false, false, "SPR"), "M")))
                .containsExactly("SPR");
    }

    @Test
    void a_withdrawal_goes_to_those_alone_who_received() throws Exception {
        assertThat(receivers(corrected("withdraw", earlier(false, false, "SPR"), "F")))
                .containsExactly("SPR");
        assertThat(receivers(corrected("withdraw", earlier(false, false), "F"))).isEmpty();
    }

    @Test
    void refused_when_what_is_corrected_is_withdrawn_but_not_when_it_is_a_repeat() throws Exception {
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> corrected("correct", earlier(true, false, "SPR"), "F"));
        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(corrected("correct", earlier(true, true, "SPR"), "F")).isNotNull();
    }

    @Test
    void refused_when_one_who_received_is_not_in_the_agreement_of_this_version() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> corrected("correct", earlier(false, false, "SPR", "MFA"), "F"));
        assertThat(refusal.problem().violations())
                .extracting(Violation::pointer)
                .containsExactly("/header/version");
    }

    @Test
    void refused_when_it_corrects_what_is_not_there_or_cannot_be_looked_up() {
        assertThat(refusal(real(), message("MH", BIRTH, later(BIRTH, "correct")))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/header/corrects");
        Authorise blind = new Authorise(
                real(),
                RealFiles.PARTIES,
                header -> {
                    throw new NotRecorded("away");
                },
                header -> false,
                Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(catchThrowableOfType(Refusal.class, () -> blind.apply(message("MH", BIRTH, later(BIRTH, "correct"))))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.NOT_DURABLE);
    }

    @Test
    void refused_when_a_question_is_corrected() {
        String lookup = "person-lookup";
        String sender = Passages.sample(lookup, "full.json").replaceAll("(?s).*\"sender\": \"([A-Z-]+)\".*", "$1");
        assertThat(refusal(real(), message(sender, lookup, later(lookup, "correct")))
                        .violations())
                .extracting(Violation::pointer)
                .contains("/header/action");
    }

    @Test
    void refused_when_anybody_sends_what_the_gateway_itself_sends() {
        String overdue = "birth-registration-overdue";
        assertThat(refusal(real(), message("CHAPAR", overdue, Passages.sample(overdue, "full.json")))
                        .code())
                .isEqualTo(ProblemCode.NOT_AGREED);
    }

    private static Passage.Validated message(String party, String exchange, String json) {
        try {
            return VALIDATE.apply(Passages.json(party, exchange, json));
        } catch (Refusal e) {
            throw new AssertionError("the message is valid: " + e.problem(), e);
        }
    }

    private static Catalogue real() {
        return RealFiles.CATALOGUE;
    }

    private static Agreement agreement(String exchange) {
        return real().agreement(new ExchangeVersion(exchange, "1.0")).orElseThrow();
    }

    private static Catalogue only(Agreement agreement) {
        Catalogue catalogue = Mockito.mock(Catalogue.class);
        Mockito.when(catalogue.agreement(agreement.exchange())).thenReturn(Optional.of(agreement));
        return catalogue;
    }

    private static Authorise authorise(Catalogue catalogue) {
        return authorise(catalogue, NOW.toString());
    }

    private static Authorise authorise(Catalogue catalogue, String now) {
        return new Authorise(
                catalogue,
                RealFiles.PARTIES,
                header -> Optional.empty(),
                header -> false,
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static List<String> receivers(Passage.Authorised passage) {
        return passage.receivers().stream()
                .map(receiver -> receiver.party().value())
                .toList();
    }

    private static Problem refusal(Catalogue catalogue, Passage.Validated message) {
        return catchThrowableOfType(Refusal.class, () -> authorise(catalogue).apply(message))
                .problem();
    }

    private static Agreement dated(LocalDate from, LocalDate until) {
        return copy(agreement(BIRTH), agreement(BIRTH).receivers(), from, Optional.of(until));
    }

    private static Agreement changed(Agreement agreement, List<Receiver> receivers) {
        return copy(agreement, receivers, agreement.validFrom(), agreement.validUntil());
    }

    private static Agreement copy(Agreement it, List<Receiver> receivers, LocalDate from, Optional<LocalDate> until) {
        return new Agreement(
                it.exchange(),
                it.title(),
                it.pattern(),
                it.paragraphs(),
                it.basis(),
                from,
                until,
                it.approvedBy(),
                it.disabled(),
                it.senders(),
                receivers,
                it.purposes(),
                it.entitlements(),
                it.orderingKey(),
                it.gatewaySets(),
                it.deadline(),
                it.priority(),
                it.classification(),
                it.retention(),
                it.onPark(),
                it.attachments(),
                false,
                it.following(),
                it.folder());
    }
}
