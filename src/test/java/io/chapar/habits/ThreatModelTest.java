package io.chapar.habits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the threat model says is protected by a class and shown by a test is so only as long as both are there. */
class ThreatModelTest {

    private static final Path PAGE = Path.of("docs/threat-model.md");
    private static final Path CODE = Path.of("src/main/java/io/chapar");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern CLASS = Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z][A-Za-z0-9]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
    private static final int COLUMNS = 4;
    private static final Pattern METHOD = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)\\.([a-z0-9_]+)`");

    @Test
    void every_class_that_it_names_exists() throws Exception {
        List<String> named = names(CLASS, found -> found.group(1));

        assertThat(named).hasSizeGreaterThan(30).allMatch(name -> Files.exists(CODE.resolve(name + ".java")));
    }

    @Test
    void every_test_that_it_names_exists() throws Exception {
        List<String> named = names(METHOD, found -> found.group(1) + "." + found.group(2));
        Map<String, Path> tests;
        try (Stream<Path> files = Files.walk(TESTS)) {
            tests = files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file));
        }
        assertThat(named).hasSizeGreaterThan(40).allMatch(name -> exists(tests, name));
    }

    /** What the build shows by itself has a page instead. */
    @Test
    void every_row_names_what_shows_it() {
        List<String> rows = shown();
        List<String> byNoTest =
                rows.stream().filter(row -> !METHOD.matcher(row).find()).toList();

        assertThat(rows).hasSizeGreaterThan(80);
        assertThat(byNoTest).singleElement().satisfies(row -> {
            assertThat(row).contains("the build itself");
            assertThat(LINK.matcher(row).results().map(found -> PAGE.resolveSibling(found.group(1))))
                    .isNotEmpty()
                    .allMatch(Files::exists);
        });
    }

    /** What stands last in each row of the tables that say by what something is shown. */
    private static List<String> shown() {
        List<String> cells = new ArrayList<>();
        boolean within = false;
        for (String line : text(PAGE).lines().toList()) {
            boolean head = line.endsWith("| Shown by |");
            within = head || within && line.startsWith("|");
            if (within && !head && !line.startsWith("|---")) {
                String[] columns = line.split("\\|", -1);
                assertThat(columns).as(line).hasSize(COLUMNS + 2);
                cells.add(columns[COLUMNS]);
            }
        }
        return cells;
    }

    private static boolean exists(Map<String, Path> tests, String name) {
        int dot = name.indexOf('.');
        return Optional.ofNullable(tests.get(name.substring(0, dot)))
                .filter(file -> text(file).contains(" void " + name.substring(dot + 1) + "("))
                .isPresent();
    }

    private static List<String> names(Pattern pattern, Function<MatchResult, String> name) {
        return pattern.matcher(text(PAGE)).results().map(name).distinct().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
