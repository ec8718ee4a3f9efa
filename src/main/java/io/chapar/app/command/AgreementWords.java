package io.chapar.app.command;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Term;
import io.chapar.message.Obligation;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** An agreement's clauses in words. */
final class AgreementWords {

    /** Who owes something without being a party. */
    private static final Set<String> ROLES = Set.of("SENDER", "CITIZEN", "EMPLOYER", "FOREIGNER");

    private AgreementWords() {}

    static String basis(Agreement agreement) {
        return agreement.basis() == Agreement.Basis.REPORT ? "report" : "assumption";
    }

    static String pattern(Agreement agreement) {
        return agreement.pattern().name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code 137–139, 141}. */
    static String paragraphs(List<Integer> numbers) {
        List<String> parts = new ArrayList<>();
        List<Integer> sorted = numbers.stream().sorted().toList();
        for (int from = 0; from < sorted.size(); from++) {
            int to = from;
            while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
                to++;
            }
            parts.add(from == to ? sorted.get(from).toString() : sorted.get(from) + "–" + sorted.get(to));
            from = to;
        }
        return String.join(", ", parts);
    }

    /** A term that ends before its day has a negative length. */
    static String length(Term term) {
        String unit = term.unit().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        int length = Math.abs(term.length());
        return length + " " + (length == 1 ? unit.substring(0, unit.length() - 1) : unit)
                + (term.length() < 0 ? " before" : "");
    }

    static String term(Term term) {
        return length(term) + (term.length() < 0 ? " " : " from ") + code(term.from()) + ", the duty of "
                + duty(term.duty())
                + term.when().map(when -> ", " + condition(when)).orElse("");
    }

    private static String duty(String whose) {
        return ROLES.contains(whose) ? "the " + whose.toLowerCase(Locale.ROOT) : whose;
    }

    static String obligation(Obligation obligation) {
        String awaited = obligation.awaits().stream()
                .map(each -> code(each.exchange())
                        + each.when().map(when -> " " + condition(when)).orElse(""))
                .collect(Collectors.joining(" or "));
        return awaited + " within " + term(obligation.term()) + "; else "
                + obligation
                        .emits()
                        .map(emitted ->
                                "the gateway sends " + code(emitted.exchange().exchange()))
                        .orElse("it is recorded that it did not come");
    }

    static String condition(Condition condition) {
        String values =
                condition.values().stream().sorted().map(AgreementWords::code).collect(Collectors.joining(" or "));
        return "when " + code(condition.pointer())
                + switch (condition.test()) {
                    case IN -> " is " + values;
                    case NOT_IN -> " is given and is not " + values;
                    case PRESENT -> " is given";
                };
    }

    static String period(Period period) {
        List<String> parts = new ArrayList<>();
        part(parts, period.getYears(), "year");
        part(parts, period.getMonths(), "month");
        part(parts, period.getDays(), "day");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, int number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit + (number == 1 ? "" : "s"));
        }
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** What a cell of a table cannot hold is written so that it can. */
    static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
