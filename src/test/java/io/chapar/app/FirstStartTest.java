package io.chapar.app;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class FirstStartTest {

    @TempDir
    Path folder;

    private Path started(String mode) {
        Path certificates = folder.resolve("certificates");
        MockEnvironment settings = new MockEnvironment()
                .withProperty("chapar.mode", mode)
                .withProperty("chapar.routes", "routes")
                .withProperty("chapar.certificates", certificates.toString());
        new FirstStart()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], settings));
        return certificates;
    }

    @Test
    void no_development_key_is_made_in_production() {
        assertThat(started("production")).doesNotExist();
    }

    @Test
    void development_keys_are_made_for_a_sandbox() {
        assertThat(started("sandbox").resolve("ca.cert.pem")).exists();
    }
}
