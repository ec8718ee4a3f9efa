package io.chapar.app.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chapar.schema.FileSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds an agreement to its row: who, why, and what the exchange's rule brings into it, no less and no more. */
final class RowAgreement {

    private static final FileSchema SCHEMA = new FileSchema(Path.of("schemas/agreement.schema.json"));
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Keys that an agreement has only if its rule wants them, and that say nothing more to a row. */
    private static final List<String> KEYS = List.of("bulk", "attachments", "purposes", "entitlements", "disabled");

    private final CatalogueRow row;
    private final Collection<String> missing;

    private RowAgreement(CatalogueRow row, Collection<String> missing) {
        this.row = row;
        this.missing = missing;
    }

    /** @param missing takes what the agreement lacks */
    static void look(CatalogueRow row, JsonNode agreement, Path folder, Collection<String> missing) {
        new RowAgreement(row, missing).look(agreement, folder);
    }

    private void look(JsonNode agreement, Path folder) {
        SCHEMA.validate(YAML.convertValue(agreement, new TypeReference<Map<String, Object>>() {}))
                .forEach(violation -> missing.add(
                        row.code() + " has an agreement in which " + violation.pointer() + " " + violation.rule()));
        same("exchange", Set.of(row.code()), Set.of(agreement.path("exchange").asText()));
        same("pattern", Set.of(row.pattern()), Set.of(agreement.path("pattern").asText()));
        same("basis", Set.of(row.basis()), Set.of(agreement.path("basis").asText()));
        same("receivers", row.to(), texts(agreement.path("receivers"), "party"));
        if (!row.from().isEmpty()) {
            same("senders", row.from(), texts(agreement.path("senders"), ""));
        }
        Set<Integer> paragraphs = new TreeSet<>(row.paragraphs());
        agreement.path("paragraphs").forEach(paragraph -> paragraphs.remove(paragraph.asInt()));
        if (!paragraphs.isEmpty()) {
            missing.add(row.code() + " does not cite ¶" + paragraphs + " in its agreement");
        }
        same("rules", row.rules(), rules(agreement));
        for (JsonNode receiver : agreement.path("receivers")) {
            Path mapping = folder.resolve(receiver.path("mapping").asText());
            if (receiver.has("mapping") && !Files.isRegularFile(mapping)) {
                missing.add(mapping + " is missing");
            }
        }
    }

    private void same(String what, Set<String> expected, Set<String> actual) {
        if (!expected.equals(actual)) {
            missing.add(row.code() + " has as " + what + " " + actual + ", not " + expected);
        }
    }

    private static Set<String> texts(JsonNode list, String member) {
        Set<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
        return texts;
    }

    /** What the rule of the exchange brings, in the words of the rows. */
    private static Set<String> rules(JsonNode agreement) {
        Set<String> rules = new TreeSet<>();
        KEYS.stream().filter(agreement::has).forEach(rules::add);
        JsonNode deadline = agreement.path("deadline");
        (deadline.isArray() ? deadline : List.of(deadline)).forEach(term -> term(rules, "deadline", term));
        JsonNode obligation = agreement.path("obligation");
        term(rules, "obligation", obligation);
        obligation
                .path("awaits")
                .forEach(awaited ->
                        rules.add("awaits " + awaited.path("exchange").asText()));
        for (String pointer : List.of("/assigns", "/orderingKey", "/classification", "/obligation/emits/exchange")) {
            JsonNode value = agreement.at(pointer);
            if (!value.isMissingNode() && !Set.of("optional", "normal").contains(value.asText())) {
                rules.add(value.asText().equals("restricted") ? "restricted" : word(pointer) + " " + value.asText());
            }
        }
        agreement.path("gatewaySets").forEach(pointer -> rules.add("gatewaySets " + pointer.asText()));
        for (JsonNode receiver : agreement.path("receivers")) {
            for (String key : List.of("when", "mapping")) {
                if (receiver.has(key)) {
                    rules.add(key + " " + receiver.path("party").asText());
                }
            }
        }
        return rules;
    }

    private static String word(String pointer) {
        return pointer.startsWith("/obligation/emits") ? "emits" : pointer.substring(1);
    }

    private static void term(Set<String> rules, String word, JsonNode term) {
        if (term.has("length")) {
            rules.add(word + " " + term.path("length").asText() + " "
                    + term.path("unit").asText());
        }
    }
}
