package io.chapar.app.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Holds a row to its scenarios: accepted in both formats, and what its agreement and its rules refuse or change. */
final class RowScenarios {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> MAY_NOT_SEND = Set.of("not-agreed", "forbidden");

    /** What one of the scenarios must show. */
    record Need(CatalogueRow row, String what, Predicate<JsonNode> shown) {
        String told() {
            return row + " has no " + what;
        }
    }

    private RowScenarios() {}

    /** @param missing takes what no scenario shows */
    static void look(CatalogueRow row, List<JsonNode> scenarios, Collection<String> missing) {
        needs(row).stream()
                .filter(need -> scenarios.stream().noneMatch(need.shown()))
                .forEach(need -> missing.add(need.told()));
        if (row.disabled() && scenarios.stream().anyMatch(RowScenarios::isAccepted)) {
            missing.add(row + " is disabled and has an accepted scenario");
        }
    }

    static List<JsonNode> in(Path folder) throws IOException {
        List<JsonNode> scenarios = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    scenarios.add(YAML.readTree(file.toFile()));
                }
            }
        }
        return scenarios;
    }

    static List<Need> needs(CatalogueRow row) {
        List<Need> needs = new ArrayList<>();
        needs.add(new Need(row, "refused scenario", scenario -> status(scenario) >= 400));
        needs.add(new Need(
                row, "scenario of who may not send", scenario -> MAY_NOT_SEND.contains(text(scenario, "/then/code"))));
        if (!row.disabled()) {
            needs.add(new Need(row, "accepted scenario", RowScenarios::isAccepted));
            row.rules().forEach(rule -> rule(row, rule, needs));
        }
        if (!row.disabled() && !row.pattern().equals("emit")) {
            for (String format : List.of("json", "xml")) {
                needs.add(new Need(
                        row,
                        "accepted scenario in " + format,
                        scenario -> isAccepted(scenario)
                                && scenario.at("/given/format").asText("json").equals(format)));
            }
        }
        return needs;
    }

    /** What a rule brings, in the words of {@link RowAgreement}. Clocks that run out are shown where the clock is set. */
    private static void rule(CatalogueRow row, String rule, List<Need> needs) {
        String object = rule.substring(rule.indexOf(' ') + 1);
        switch (rule.split(" ", 2)[0]) {
            case "deadline" -> {
                needs.add(new Need(row, "scenario in time of " + rule, scenario -> isMet(scenario, "true")));
                needs.add(new Need(row, "late scenario of " + rule, scenario -> isMet(scenario, "false")));
            }
            case "when" ->
                needs.add(new Need(
                        row,
                        "scenario in which " + object + " does not receive",
                        scenario -> has(scenario.at("/then/notDeliveredTo"), object)
                                || scenario.at("/then").has("noReceiver")));
            case "mapping" ->
                needs.add(new Need(
                        row,
                        "scenario of what " + object + " reads",
                        scenario -> scenario.at("/then/delivered").has(object)));
            case "entitlements" ->
                needs.add(new Need(
                        row,
                        "scenario of what is not shown",
                        scenario -> scenario.at("/then").has("answerAbsent")));
            case "attachments" -> needs.add(refusedAt(row, "/attachment"));
            case "orderingKey" -> needs.add(refusedAt(row, "/header/orderingKey"));
            case "gatewaySets" -> needs.add(refusedAt(row, object));
            case "purposes" -> {
                needs.add(refusedAt(row, "/header/purpose"));
                needs.add(refusedAt(row, "/header/caseReference"));
            }
            default -> {
                // is shown by every scenario, or by tests of its own
            }
        }
    }

    private static Need refusedAt(CatalogueRow row, String place) {
        return new Need(row, "scenario refused at " + place, scenario -> {
            for (JsonNode violation : scenario.at("/then/violations")) {
                if (violation.asText().startsWith(place)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static boolean isAccepted(JsonNode scenario) {
        return status(scenario) < 300;
    }

    private static boolean isMet(JsonNode scenario, String met) {
        return text(scenario, "/then/deadline/met").equals(met)
                || scenario.at("/then/receipt").path("/deadline/met").asText().equals(met);
    }

    private static boolean has(JsonNode list, String text) {
        for (JsonNode each : list) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static int status(JsonNode scenario) {
        return scenario.at("/then/status").asInt();
    }

    private static String text(JsonNode scenario, String pointer) {
        return scenario.at(pointer).asText();
    }
}
