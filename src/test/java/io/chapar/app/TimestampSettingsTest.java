package io.chapar.app;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimestampSettingsTest {

    private static TimestampSettings at(String url) {
        return new TimestampSettings(url, Duration.ofMinutes(1), Duration.ofHours(24), Duration.ofSeconds(15), "");
    }

    @Test
    void the_sandboxs_own_authority_listens_beside_its_agencies() {
        assertThat(at("sandbox").address(false, 9443)).hasValue(URI.create("https://localhost:9443/timestamps"));
    }

    @Test
    void without_one_a_sandbox_goes_on() {
        assertThat(at("").address(false, 9443)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "sandbox"})
    void production_does_not_start_without_an_authority_of_its_own(String url) {
        assertThatThrownBy(() -> at(url).address(true, 9443))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.timestamps.url")
                .hasMessageContaining("chapar.mode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tsa.example/tsr", "https://tsa.example"})
    void production_takes_http_and_https(String url) {
        assertThat(at(url).address(true, 9443)).hasValue(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://tsa.example", "tsa.example", "https:///tsr", "file:/tmp/x"})
    void refused_at_another_kind_of_address(String url) {
        assertThatThrownBy(() -> at(url).address(false, 9443))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.timestamps.url");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, PT24H, PT15S, '', every",
        "PT1M, PT1M, PT15S, '', grace",
        "PT1M, -PT1M, PT15S, '', grace",
        "PT1M, PT24H, PT0S, '', timeout",
        "PT1M, PT24H, PT15S, any, policy"
    })
    void refused_with_the_name_of_the_setting(
            Duration every, Duration grace, Duration timeout, String policy, String named) {
        assertThatThrownBy(() -> new TimestampSettings("", every, grace, timeout, policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chapar.timestamps." + named);
    }
}
