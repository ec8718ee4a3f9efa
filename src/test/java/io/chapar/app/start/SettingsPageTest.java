package io.chapar.app.start;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/settings.md} is the one list of settings that people read. */
class SettingsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(chapar\\.[^`]+)` \\| (.*?) \\| .+ \\|$");
    private static final Pattern ASKED = Pattern.compile("\"\\$\\{(chapar\\.[a-z.-]+):([^{}\"]*)}\"");

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .toList();
    }

    /** What stands in the code where it asks for a setting, and in the records; what the gateway's own file says goes before. */
    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                ASKED.matcher(Files.readString(file))
                        .results()
                        .forEach(asked -> defaults.put(asked.group(1), asked.group(2)));
            }
        }
        SettingNamesTest.BOUND.forEach(settings -> defaults.putAll(defaults(settings)));
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        Properties own = Objects.requireNonNull(yaml.getObject());
        own.stringPropertyNames().forEach(name -> defaults.put(name, own.getProperty(name)));
        return defaults;
    }

    private static Map<String, String> defaults(Class<?> settings) {
        Parameter[] parameters = settings.getDeclaredConstructors()[0].getParameters();
        Map<String, String> defaults = new HashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            String name = DataObjectPropertyName.toDashedForm(settings.getRecordComponents()[i].getName());
            DefaultValue value = parameters[i].getAnnotation(DefaultValue.class);
            if (value != null && value.value().length == 1) {
                defaults.put(SettingNamesTest.prefix(settings) + "." + name, value.value()[0]);
            }
        }
        return defaults;
    }

    @Test
    void names_each_setting_once_and_none_that_does_not_exist() throws IOException {
        assertThat(rows())
                .extracting(row -> row.group(1).replace("<NAME>", "<CODE>"))
                .containsExactlyInAnyOrderElementsOf(SettingNames.ALL);
    }

    @Test
    void says_the_defaults_that_the_gateway_has() throws IOException {
        Map<String, String> told = rows().stream().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        Map<String, String> plain = defaults();
        plain.keySet().retainAll(told.keySet());
        plain.values().removeIf(value -> value.isEmpty() || value.contains("$"));

        assertThat(plain).hasSizeGreaterThan(60);
        plain.forEach((name, value) -> assertThat(told.get(name)).as(name).isEqualTo("`" + value + "`"));
    }

    @Test
    void what_is_empty_by_default_is_not_said_to_have_a_value() throws IOException {
        Map<String, String> told = rows().stream().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        List<String> empty = defaults().entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty() && told.containsKey(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(empty).hasSizeGreaterThan(5);
        assertThat(empty)
                .allMatch(name -> !told.getOrDefault(name, "`").startsWith("`"), "does not begin with a value");
    }
}
