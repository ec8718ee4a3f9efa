package io.chapar.app;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Which ciphers and versions of TLS both ports speak, however they are written. */
class KeyConfigurationTest {

    private final MockEnvironment settings = new MockEnvironment();

    @Test
    void only_the_ciphers_of_a_list() {
        settings.setProperty("server.ssl.ciphers[0]", "TLS_AES_256_GCM_SHA384");
        settings.setProperty("server.ssl.enabled-protocols[0]", "TLSv1.3");
        settings.setProperty("server.ssl.enabled-protocols[1]", "TLSv1.2");

        SslOptions options = KeyConfiguration.options(settings);
        assertThat(options.getCiphers()).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThat(options.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @Test
    void only_the_ciphers_of_one_line() {
        settings.setProperty("server.ssl.ciphers", "TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256");

        assertThat(KeyConfiguration.options(settings).getCiphers())
                .containsExactlyInAnyOrder("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
    }

    @Test
    void only_the_newest_version_and_its_usual_ciphers_when_nothing_is_said() {
        SslOptions options = KeyConfiguration.options(settings);

        assertThat(options.getCiphers()).isNull();
        assertThat(options.getEnabledProtocols()).containsExactly("TLSv1.3");
    }
}
