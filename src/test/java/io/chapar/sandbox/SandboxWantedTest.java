package io.chapar.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SandboxWantedTest {

    private static MockEnvironment mode(String mode) {
        return new MockEnvironment().withProperty("chapar.mode", mode);
    }

    @ParameterizedTest
    @CsvSource({"production", "prod", "Sandbox", "''"})
    void refused_in_any_mode_but_its_own(String mode) {
        assertThat(SandboxWanted.wanted(mode(mode))).isFalse();
        assertThatThrownBy(() -> SandboxWanted.wanted(mode(mode).withProperty("chapar.sandbox.enabled", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("simulated agencies have no place in production");
    }

    @Test
    void there_in_its_own_mode_until_it_is_switched_off() {
        assertThat(SandboxWanted.wanted(mode("sandbox"))).isTrue();
        assertThat(SandboxWanted.wanted(mode("sandbox").withProperty("chapar.sandbox.enabled", "false")))
                .isFalse();
    }
}
