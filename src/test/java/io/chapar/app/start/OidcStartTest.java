package io.chapar.app.start;

import io.chapar.app.console.OidcLogin;
import io.chapar.app.console.OidcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What stands in the settings of an identity provider: right, or told in one line. */
class OidcStartTest {

    @TempDir
    Path folder;

    @EnableConfigurationProperties(OidcSettings.class)
    static class Asking {
        @Bean
        Map<String, OidcLogin> logins(OidcSettings settings) {
            return settings.wanted() ? Map.of("login", new OidcLogin(settings, Clock.systemUTC())) : Map.of();
        }
    }

    private ConfigurableApplicationContext start(Map<String, String> settings) {
        SpringApplication asking = new SpringApplication(Asking.class);
        asking.setWebApplicationType(WebApplicationType.NONE);
        asking.setRegisterShutdownHook(false);
        return asking.run(settings.entrySet().stream()
                .map(setting -> "--chapar.oidc." + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
    }

    /** Nobody answers at this address, now or ever (RFC 6761, section 6.4). */
    private Map<String, String> right() throws IOException {
        return new TreeMap<>(Map.of(
                "issuer", "https://identity.invalid/realms/state",
                "client-id", "chapar",
                "client-secret-file",
                        Files.writeString(folder.resolve("secret"), "secret\n").toString(),
                "admins", "chapar-admins"));
    }

    @Test
    void starts_though_the_provider_does_not_answer() throws IOException {
        try (ConfigurableApplicationContext started = start(right())) {
            assertThat(started.getBean(OidcSettings.class).wanted()).isTrue();
        }
    }

    @Test
    void starts_without_a_provider_when_the_issuer_is_empty() {
        try (ConfigurableApplicationContext started = start(Map.of("issuer", ""))) {
            assertThat(started.getBean(OidcSettings.class).wanted()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer             | -                                      | chapar.oidc.issuer is missing",
                "issuer             | http://identity.invalid                | chapar.oidc.issuer must be an address",
                "issuer             | identity.invalid                       | chapar.oidc.issuer must be an address",
                "issuer             | https:///realms                        | chapar.oidc.issuer must be an address",
                "issuer             | https://me@identity.invalid            | chapar.oidc.issuer must be an address",
                "issuer             | https://identity.invalid?realm=state   | chapar.oidc.issuer must be an address",
                "issuer             | https://identity.invalid#state         | chapar.oidc.issuer must be an address",
                "issuer             | https://identity invalid               | chapar.oidc.issuer must be an address",
                "client-id          | -                                      | chapar.oidc.client-id is missing",
                "client-secret-file | -                                      | chapar.oidc.client-secret-file is missing",
                "client-secret-file | nowhere                                | cannot be read: put it there",
                "client-secret-file | pom.xml                                | must hold the client's secret, in one line",
                "trusted            | nowhere                                | chapar.oidc.trusted: nowhere cannot be read",
                "trusted            | pom.xml                                | chapar.oidc.trusted: pom.xml cannot be read",
                "name-claim         | ''                                     | chapar.oidc.name-claim must name a claim",
                "role-claim         | ''                                     | chapar.oidc.role-claim must name a claim",
                "admins             | -                                      | nobody could come in",
                "viewers            | 'staff, '                              | has an empty value: remove it"
            })
    void refused_with_one_line_that_says_what_to_do(String name, String value, String told) throws IOException {
        Map<String, String> settings = right();
        if (value.equals("-")) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }

        Throwable failure = catchThrowable(() -> start(settings).close());

        assertThat(StartFailure.lines(failure)).singleElement().asString().contains(told);
    }
}
