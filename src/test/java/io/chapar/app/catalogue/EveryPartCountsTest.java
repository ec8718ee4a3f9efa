package io.chapar.app.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Takes away from a copy of each row, one by one, whatever a row must have: the check that holds the rows names it. */
class EveryPartCountsTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** What an agreement says anyway when it does not say it. */
    private static final Set<String> USUAL = Set.of("onPark", "acknowledgement");

    private static final Pattern FIELD =
            Pattern.compile("<xs:element name=\"([^\"]+)\" type=\"[^\"]+\"[^/>]*>\\s*<xs:annot");
    /** Also where a line ends in it. */
    private static final Pattern SOURCE =
            Pattern.compile(FieldAnnotations.SOURCE.pattern().replace(" ", "\\s+"));

    private static final String XSD_WORDS = "(?s)(<xs:documentation[^>]*>).*?(</xs:documentation>)";
    private static final String JSON_WORDS = "\"description\": *\"(?:[^\"\\\\]|\\\\.)*\"";

    static List<CatalogueRow> rows() {
        return CatalogueRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_file_less_is_told(CatalogueRow row, @TempDir Path root) throws IOException, Malformed {
        List<Path> files = copy(row, root);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(CatalogueParts.missing(root, row)).as("without %s", file).contains(file + " is missing");
            Files.write(file, bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_scenario_less_is_told_that_alone_shows_something(CatalogueRow row) throws IOException {
        List<JsonNode> scenarios =
                RowScenarios.in(Path.of("routes").resolve(row.code()).resolve("scenarios"));
        assertThat(missing(row, scenarios)).isEmpty();
        List<RowScenarios.Need> needs = RowScenarios.needs(row);
        assertThat(needs).hasSizeGreaterThan(1);
        for (RowScenarios.Need need : needs) {
            List<JsonNode> fewer =
                    scenarios.stream().filter(need.shown().negate()).toList();
            assertThat(missing(row, fewer)).contains(need.told());
        }
        assertThat(missing(row, List.of()))
                .containsExactlyElementsOf(
                        needs.stream().map(RowScenarios.Need::told).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_agreement_that_says_less_is_told(CatalogueRow row) throws IOException {
        Path folder = Path.of("routes").resolve(row.code());
        ObjectNode agreement =
                (ObjectNode) YAML.readTree(folder.resolve("agreement.yaml").toFile());
        assertThat(missing(row, agreement, folder)).isEmpty();
        names(agreement).stream().filter(key -> !isUsual(agreement, key)).forEach(key -> {
            ObjectNode less = agreement.deepCopy();
            less.remove(key);
            assertThat(missing(row, less, folder)).as("without %s", key).isNotEmpty();
        });
        for (int i = 0; i < agreement.path("receivers").size(); i++) {
            ObjectNode fewer = agreement.deepCopy();
            ((ArrayNode) fewer.path("receivers")).remove(i);
            assertThat(missing(row, fewer, folder)).anyMatch(missing -> missing.contains("has as receivers"));
            for (String key : names(agreement.path("receivers").path(i))) {
                ObjectNode less = agreement.deepCopy();
                ((ObjectNode) less.path("receivers").path(i)).remove(key);
                assertThat(missing(row, less, folder))
                        .as("receiver %s without %s", i, key)
                        .isNotEmpty();
            }
        }
        for (String rule : row.rules()) {
            assertThat(missing(less(row, rule), agreement, folder))
                    .as("a rule more than the row has")
                    .anyMatch(missing -> missing.contains("has as rules") && missing.contains(rule));
        }
        for (int paragraph : row.paragraphs()) {
            ObjectNode less = agreement.deepCopy();
            less.set("paragraphs", YAML.createArrayNode().add(paragraph == 1 ? 2 : 1));
            assertThat(missing(row, less, folder))
                    .anyMatch(missing -> missing.contains("does not cite ¶") && missing.contains("" + paragraph));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_field_that_is_not_explained_or_cites_nothing_is_told_of_both_schemas(CatalogueRow row, @TempDir Path root)
            throws IOException, Malformed {
        for (String ending : List.of(".xsd", ".schema.json")) {
            List<Path> schemas = copy(row, root).stream()
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
            Set<String> fields = fields(row);
            assertThat(fields).contains("header").hasSizeGreaterThan(2);

            change(
                    schemas,
                    words -> words.replaceAll(XSD_WORDS, "$1$2").replaceAll(JSON_WORDS, "\"description\": \"\""));
            assertThat(told(row, root, schemas, " does not explain ")).containsAll(fields);

            copy(row, root);
            change(schemas, words -> SOURCE.matcher(words).replaceAll("somewhere"));
            fields.remove("header");
            assertThat(told(row, root, schemas, " cites nothing for ")).containsAll(fields);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_schema_of_an_older_dialect_is_told(CatalogueRow row, @TempDir Path root) throws IOException, Malformed {
        List<Path> schemas = copy(row, root).stream()
                .filter(file -> file.toString().endsWith(".schema.json"))
                .toList();
        change(schemas, words -> words.replace("draft/2020-12", "draft/2019-09"));
        assertThat(CatalogueParts.missing(root, row))
                .containsAll(schemas.stream()
                        .map(schema -> schema + " is not JSON Schema 2020-12")
                        .toList());
    }

    private static Set<String> fields(CatalogueRow row) throws IOException {
        Path xsd = Path.of("schemas").resolve(row.code()).resolve("1.0").resolve(row.code() + ".xsd");
        return FIELD.matcher(Files.readString(xsd))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void change(List<Path> files, UnaryOperator<String> change) throws IOException {
        for (Path file : files) {
            Files.writeString(file, change.apply(Files.readString(file)));
        }
    }

    /** The fields of which this is told about one of these files. */
    private static Set<String> told(CatalogueRow row, Path root, List<Path> schemas, String what)
            throws IOException, Malformed {
        return CatalogueParts.missing(root, row).stream()
                .flatMap(told -> schemas.stream()
                        .map(schema -> schema + what)
                        .filter(told::startsWith)
                        .map(start -> told.substring(start.length()).split(":", 2)[0]))
                .collect(Collectors.toSet());
    }

    private static boolean isUsual(JsonNode agreement, String key) {
        return USUAL.contains(key) || agreement.path(key).asText().equals("optional");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> missing(CatalogueRow row, List<JsonNode> scenarios) {
        List<String> missing = new ArrayList<>();
        RowScenarios.look(row, scenarios, missing);
        return missing;
    }

    private static List<String> missing(CatalogueRow row, JsonNode agreement, Path folder) {
        List<String> missing = new ArrayList<>();
        RowAgreement.look(row, agreement, folder, missing);
        return missing;
    }

    private static CatalogueRow less(CatalogueRow row, String rule) {
        Set<String> rules = new TreeSet<>(row.rules());
        rules.remove(rule);
        return new CatalogueRow(row.code(), row.pattern(), row.from(), row.to(), row.basis(), row.paragraphs(), rules);
    }

    /** All files of the row, but scenarios and what is attached to samples. */
    private static List<Path> copy(CatalogueRow row, Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Path routes = Path.of("routes").resolve(row.code());
        Path schemas = Path.of("schemas").resolve(row.code()).resolve("1.0");
        for (Path folder : List.of(routes, schemas, schemas.resolve("samples"))) {
            files.addAll(copy(folder, root.resolve(folder.toString())));
        }
        return files;
    }

    private static List<Path> copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> copies = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path copy = to.resolve(file.getFileName().toString());
                Files.write(copy, Files.readAllBytes(file));
                copies.add(copy);
            }
        }
        return copies;
    }
}
