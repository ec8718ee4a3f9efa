package io.chapar.habits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
