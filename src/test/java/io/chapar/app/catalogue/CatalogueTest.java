package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds every folder of an exchange to what makes it one. That its samples are valid and equal, SamplesTest shows. */
class CatalogueTest {

    private static final FileSchema SCENARIO = new FileSchema(Path.of("schemas/scenario.schema.json"));

    static List<Agreement> agreements() {
        return List.copyOf(RealFiles.CATALOGUE.all());
    }

    @Test
    void routes_and_schemas_hold_the_same_exchanges() throws IOException {
        List<String> schemas = folders(Path.of("schemas")).stream()
                .filter(name -> !name.equals("common") && !name.equals("code-lists"))
                .toList();
        assertThat(schemas).containsExactlyInAnyOrderElementsOf(folders(Path.of("routes")));
        assertThat(RealFiles.CATALOGUE.all().stream().map(Agreement::exchange))
                .containsExactlyInAnyOrderElementsOf(RealFiles.SCHEMAS.all());
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void the_route_only_says_that_it_travels_the_one_way(Agreement agreement) {
        String exchange = agreement.exchange().exchange();
        String route = read(agreement.folder().resolve(exchange + ".camel.yaml"));
        String pattern = agreement.pattern() == Agreement.Pattern.QUERY ? "query" : "notify";
        String said = route.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .map(String::strip)
                .collect(Collectors.joining("\n"));

        assertThat(said).isEqualTo(String.format(Locale.ROOT, """
                - templatedRoute:
                routeTemplateRef: %s
                routeId: %s
                parameters:
                - name: exchange
                value: %s""", pattern, exchange, exchange));
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void a_folder_holds_data_and_no_programs(Agreement agreement) throws IOException {
        try (Stream<Path> files = Files.walk(agreement.folder())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches(
                            "agreement(-[0-9.]+)?\\.yaml|[a-z-]+\\.camel\\.yaml|[a-z-]+\\.xsl" + "|[a-z0-9-]+\\.yaml"));
        }
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void more_scenarios_are_refused_than_accepted_and_none_is_accepted_where_it_is_disabled(Agreement agreement)
            throws IOException {
        List<Integer> statuses;
        try (Stream<Path> files = Files.list(agreement.folder().resolve("scenarios"))) {
            statuses = files.sorted().map(CatalogueTest::status).toList();
        }
        long accepted = statuses.stream().filter(status -> status < 300).count();
        assertThat(statuses.stream().filter(status -> status >= 400).count())
                .as("refused scenarios of %s, more than accepted ones", agreement.exchange())
                .isGreaterThan(accepted);
        assertThat(accepted > 0).isEqualTo(agreement.disabled().isEmpty());
    }

    private static int status(Path scenario) {
        Complaints complaints = new Complaints();
        YamlFile file = YamlFile.read(scenario, complaints);
        complaints.refuse();
        assertThat(SCENARIO.validate(file.root())).as("%s", scenario).isEmpty();
        return file.root().get("then") instanceof Map<?, ?> then
                ? Integer.parseInt(String.valueOf(then.get("status")))
                : 0;
    }

    private static List<String> folders(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
