package io.chapar.deadline;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Term;
import io.chapar.message.Agreement.Term.Unit;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Following;
import io.chapar.message.Receipt.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TermsTest {

    private static final Terms TERMS = Terms.load(Path.of("schemas/code-lists/holidays.xml"));

    /** Midnight that ends the 8th in Baku is 20:00 of the 8th in UTC. */
    @ParameterizedTest
    @CsvSource({
        "2018-10-01, 1, CALENDAR_DAYS, 2018-10-02T20:00:00Z",
        "2018-09-28, 1, CALENDAR_DAYS, 2018-09-29T20:00:00Z",
        "2018-09-28, 1, WORKING_DAYS, 2018-10-01T20:00:00Z",
        "2018-03-19, 1, WORKING_DAYS, 2018-03-27T20:00:00Z",
        "2018-10-01, 5, WORKING_DAYS, 2018-10-08T20:00:00Z",
        "2018-10-08, -5, WORKING_DAYS, 2018-10-01T20:00:00Z",
        "2019-03-29, 1, WORKING_DAYS, 2019-04-01T20:00:00Z",
        "2019-03-18, 10, WORKING_DAYS, 2019-04-08T20:00:00Z",
        "2019-04-08, -10, WORKING_DAYS, 2019-03-18T20:00:00Z",
        "2018-12-31T23:59:59+04:00, 72, HOURS, 2019-01-03T19:59:59Z",
        "2018-12-31, 2, MONTHS, 2019-02-28T20:00:00Z",
        "2018-01-31, 1, MONTHS, 2018-02-28T20:00:00Z",
        "2020-01-31, 1, MONTHS, 2020-02-29T20:00:00Z",
        "2018-10-15, 1, MONTHS, 2018-11-15T20:00:00Z",
        "2018-04-11, -25, CALENDAR_DAYS, 2018-03-17T20:00:00Z",
        "2018-10-01T10:00:00+04:00, 3, HOURS, 2018-10-01T09:00:00Z",
        "2018-10-01T23:30:00Z, 1, CALENDAR_DAYS, 2018-10-03T20:00:00Z",
        "2018-10-01, 3, HOURS, 2018-10-01T23:00:00Z",
    })
    void ends_as_the_law_counts(String event, int length, Unit unit, Instant due) {
        assertThat(deadline(event, length, unit, Instant.EPOCH)).contains(new Deadline(due, true));
    }

    @Test
    void met_at_the_very_end_and_late_just_after() {
        Instant end = Instant.parse("2018-10-02T20:00:00Z");
        assertThat(deadline("2018-10-01", 1, Unit.CALENDAR_DAYS, end)).contains(new Deadline(end, true));
        assertThat(deadline("2018-10-01", 1, Unit.CALENDAR_DAYS, end.plusNanos(1)))
                .contains(new Deadline(end, false));
    }

    @Test
    void none_when_the_date_is_absent_or_the_agreement_has_no_term() {
        assertThat(TERMS.deadline(
                        agreement(List.of(new Term(Optional.empty(), "/other", 1, Unit.MONTHS, "MH"))),
                        event("2018-10-01"),
                        Instant.EPOCH))
                .isEmpty();
        assertThat(TERMS.deadline(agreement(List.of()), event("2018-10-01"), Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void the_first_term_counts_whose_condition_holds() {
        Condition facilitated = new Condition("/kind", Condition.Test.IN, Set.of("facilitated"));
        Condition ordinary = new Condition("/kind", Condition.Test.IN, Set.of("ordinary"));
        Agreement agreement = agreement(List.of(
                new Term(Optional.of(facilitated), "/event", 3, Unit.HOURS, "ASAN"),
                new Term(Optional.of(ordinary), "/event", 3, Unit.WORKING_DAYS, "ASAN")));
        assertThat(due(agreement, "facilitated")).contains(Instant.parse("2018-10-05T09:00:00Z"));
        assertThat(due(agreement, "ordinary")).contains(Instant.parse("2018-10-10T20:00:00Z"));
        assertThat(due(agreement, "of a diplomat")).isEmpty();
    }

    @Test
    void a_term_without_condition_counts_where_none_before_it_does() {
        Condition facilitated = new Condition("/kind", Condition.Test.IN, Set.of("facilitated"));
        Agreement agreement = agreement(List.of(
                new Term(Optional.of(facilitated), "/event", 3, Unit.HOURS, "ASAN"),
                new Term(Optional.empty(), "/event", 1, Unit.CALENDAR_DAYS, "ASAN")));
        assertThat(due(agreement, "facilitated")).contains(Instant.parse("2018-10-05T09:00:00Z"));
        assertThat(due(agreement, "of a diplomat")).contains(Instant.parse("2018-10-06T20:00:00Z"));
    }

    @Test
    void every_year_since_agreements_began_is_covered() {
        for (int year = 2018; year <= 2027; year++) {
            assertThat(TERMS.covers(year)).as("%s", year).isTrue();
        }
        assertThat(TERMS.covers(2050)).isFalse();
    }

    @Test
    void refused_when_the_file_is_missing_or_lists_no_days(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("holidays.xml"), "<codeList><entry code='soon'/></codeList>");
        assertThatThrownBy(() -> Terms.load(broken)).hasMessageContaining("holidays.xml");
        assertThatThrownBy(() -> Terms.load(folder.resolve("none.xml"))).hasMessageContaining("none.xml");
    }

    private static Optional<Deadline> deadline(String event, int length, Unit unit, Instant acceptedAt) {
        return TERMS.deadline(
                agreement(List.of(new Term(Optional.empty(), "/event", length, unit, "MH"))), event(event), acceptedAt);
    }

    private static Optional<Instant> due(Agreement agreement, String kind) {
        Fields fields = new Fields(Map.of("event", "2018-10-05T10:00:00+04:00", "kind", kind));
        return TERMS.deadline(agreement, fields, Instant.EPOCH).map(Deadline::due);
    }

    private static Fields event(String event) {
        return new Fields(Map.of("event", event));
    }

    private static Agreement agreement(List<Term> terms) {
        return new Agreement(
                new ExchangeVersion("some-exchange", "1.0"),
                "some",
                Agreement.Pattern.NOTIFY,
                List.of(1),
                Agreement.Basis.REPORT,
                LocalDate.EPOCH,
                Optional.empty(),
                "nobody",
                Optional.empty(),
                Set.of("MH"),
                List.of(),
                Set.of(),
                List.of(),
                false,
                List.of(),
                terms,
                4,
                Agreement.Classification.NORMAL,
                Period.ofYears(1),
                Agreement.OnPark.WAIT,
                new Agreement.Attachments(Set.of(), 0),
                false,
                Following.NONE,
                Path.of("routes"));
    }
}
