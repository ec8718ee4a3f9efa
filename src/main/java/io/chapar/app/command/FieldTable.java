package io.chapar.app.command;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.Agreement.Receiver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the tables of a page: which fields of an exchange each receiver sees. */
final class FieldTable {

    private static final String HEADER = "/header";

    private final StringBuilder page;
    private final FieldWords words;

    FieldTable(StringBuilder page, FieldWords words) {
        this.page = page;
        this.words = words;
    }

    /** One row for each field that an agreement names, one column for each who may see it. */
    void of(Agreement agreement) {
        boolean query = agreement.pattern() == Agreement.Pattern.QUERY;
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (Receiver receiver : agreement.receivers()) {
            columns.put((query ? "question to " : "") + receiver.party(), receiver.fields());
        }
        table(agreement, columns, false);
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (Entitlement entitlement : agreement.entitlements()) {
            answers.put(
                    "answer to " + entitlement.parties().stream().sorted().collect(Collectors.joining(", ")),
                    entitlement.fields());
        }
        if (!answers.isEmpty()) {
            table(agreement, answers, true);
        }
    }

    private void table(Agreement agreement, Map<String, List<String>> columns, boolean answer) {
        Set<String> pointers = new LinkedHashSet<>();
        columns.values().forEach(pointers::addAll);
        page.append('\n');
        List<String> head = new ArrayList<>(List.of("Field and what is below it", "What it is"));
        head.addAll(columns.keySet());
        row(head.toArray(String[]::new));
        row(head.stream().map(name -> "---").toArray(String[]::new));
        List<String> tops = pointers.stream().map(FieldTable::top).distinct().toList();
        List<String> sorted = pointers.stream()
                .sorted(Comparator.comparingInt((String pointer) -> tops.indexOf(top(pointer)))
                        .thenComparingInt(pointer -> pointer.equals(top(pointer)) ? 0 : 1))
                .toList();
        for (String pointer : sorted) {
            List<String> cells = new ArrayList<>(List.of(
                    AgreementWords.code(pointer),
                    pointer.equals(HEADER)
                            ? "Who sends what, and what it belongs to; the nonce is given to nobody."
                            : words.of(agreement.exchange(), answer, pointer)));
            columns.values().forEach(fields -> cells.add(covers(fields, pointer) ? "yes" : ""));
            row(cells.toArray(String[]::new));
        }
    }

    private static String top(String pointer) {
        return "/" + pointer.split("/", -1)[1];
    }

    /** What is given holds all that is below it. */
    private static boolean covers(List<String> fields, String pointer) {
        return fields.stream().anyMatch(field -> pointer.equals(field) || pointer.startsWith(field + "/"));
    }

    void row(String... cells) {
        for (String cell : cells) {
            page.append("| ").append(AgreementWords.cell(cell)).append(' ');
        }
        page.append("|\n");
    }
}
