package io.chapar.app.start;

import io.chapar.app.AttachmentSettings;
import io.chapar.app.ConsoleSettings;
import io.chapar.app.DeliverSettings;
import io.chapar.app.OcspSettings;
import io.chapar.app.QuotaSettings;
import io.chapar.app.TimestampSettings;
import io.chapar.app.TokenSettings;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.console.OidcSettings;
import io.chapar.sandbox.SandboxSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingNamesTest {

    private static final Pattern ASKED = Pattern.compile("\"\\$\\{(chapar\\.[a-z.-]+)|\\$\\{(chapar\\.[a-z.-]+)[:}]");
    private static final Pattern LITERAL = Pattern.compile("\"(chapar\\.[a-z]+[a-z.-]*)\"");
    static final List<Class<?>> BOUND = List.of(
            AttachmentSettings.class,
            BrokerSettings.class,
            ConsoleSettings.class,
            DeliverSettings.class,
            OcspSettings.class,
            OcspSettings.Responder.class,
            OidcSettings.class,
            QuotaSettings.class,
            QuotaSettings.Different.class,
            SandboxSettings.class,
            TimestampSettings.class,
            TokenSettings.class);

    /** Those of which there are several, each with a name. */
    private static final Map<Class<?>, String> NAMED = Map.of(
            QuotaSettings.Different.class, "chapar.quotas.parties.<CODE>",
            OcspSettings.Responder.class, "chapar.ocsp.responders.<CODE>");

    private static Stream<String> found(Pattern pattern) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    Stream.of(matcher.group(1), matcher.groupCount() > 1 ? matcher.group(2) : null)
                            .filter(Objects::nonNull)
                            .forEach(names::add);
                }
            }
        }
        return names.stream();
    }

    static String prefix(Class<?> settings) {
        ConfigurationProperties group = settings.getAnnotation(ConfigurationProperties.class);
        return group == null ? Objects.requireNonNull(NAMED.get(settings)) : group.value();
    }

    private static Stream<String> bound(Class<?> settings) {
        return Stream.of(settings.getRecordComponents())
                .filter(component -> component.getType() != Map.class)
                .map(RecordComponent::getName)
                .map(name -> prefix(settings) + "." + DataObjectPropertyName.toDashedForm(name));
    }

    private static Stream<String> withDefaults() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        return Objects.requireNonNull(yaml.getObject()).stringPropertyNames().stream()
                .filter(name -> name.startsWith(SettingNames.PREFIX));
    }

    @Test
    void everything_that_the_gateway_asks_for_is_known() throws IOException {
        List<String> asked = Stream.of(found(ASKED), BOUND.stream().flatMap(SettingNamesTest::bound), withDefaults())
                .flatMap(each -> each)
                .distinct()
                .toList();

        assertThat(asked).hasSizeGreaterThan(60).allMatch(SettingNames::known);
    }

    @Test
    void nothing_is_known_that_the_gateway_does_not_ask_for() throws IOException {
        Set<String> asked = new HashSet<>();
        found(ASKED).forEach(asked::add);
        found(LITERAL).forEach(asked::add);
        BOUND.stream().flatMap(SettingNamesTest::bound).forEach(asked::add);

        assertThat(SettingNames.ALL.stream().filter(name -> !name.startsWith("chapar.parties.")))
                .allMatch(asked::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chapar.broker.max-disk-usage",
                "chapar.broker.maxDiskUsage",
                "chapar.broker.max_disk_usage",
                "chapar.broker.url[0]",
                "chapar.ocsp.responders.national-ca.url",
                "chapar.parties.HOTEL-1.channel",
                "chapar.quotas.parties[HOTEL-1].burst"
            })
    void spellings_of_the_same(String name) {
        assertThat(SettingNames.known(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chapar",
                "chapar.",
                "chapar.broker",
                "chapar.broker.",
                "chapar.broker.url.more",
                "chapar.parties.channel",
                "chapar.parties.SPR",
                "chapar.parties.SPR.colour",
                "chapar.server.port",
                "chapar.amqp-port"
            })
    void not_known(String name) {
        assertThat(SettingNames.known(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "chapar.brokers.amqp-port, chapar.broker.amqp-port",
        "chapar.mod, chapar.mode",
        "chapar.parties.SPR.adress, chapar.parties.SPR.address",
        "chapar.quota.parties.MH.burst, chapar.quotas.parties.MH.burst"
    })
    void what_was_probably_meant(String name, String meant) {
        assertThat(SettingNames.nearest(name)).contains(meant);
    }

    @Test
    void something_else_altogether_has_no_neighbour() {
        assertThat(SettingNames.nearest("chapar.colour-of-the-envelope")).isEmpty();
    }
}
