package io.chapar.app;

import io.chapar.app.broker.BrokerSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliverSettingsTest {

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    @Test
    void defaults_serve_a_newcomer() {
        assertThat(bind("chapar.deliver", DeliverSettings.class, Map.of()).concurrency())
                .isEqualTo(32);
        assertThat(bind("chapar.broker", BrokerSettings.class, Map.of()).maxDiskUsage())
                .isEqualTo(95);
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout,0s",
        "response-timeout,2h",
        "first-back-off,31s",
        "longest-back-off,-1s",
        "concurrency,0",
        "concurrency,65",
        "largest-acknowledgement,1B",
        "query-timeout,0ms",
        "largest-answer,1GB",
        "largest-in-queue,1GB",
        "comparison,0s"
    })
    void a_bad_value_is_refused_with_the_settings_name(String name, String value) {
        assertThatThrownBy(() -> bind("chapar.deliver", DeliverSettings.class, Map.of("chapar.deliver." + name, value)))
                .rootCause()
                .hasMessageContaining("chapar.deliver." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "max-disk-usage,0",
        "max-disk-usage,100",
        "memory,1MB",
        "queue-memory,128MB",
        "id-cache,1",
        "journal-file,1KB"
    })
    void a_bad_value_of_the_broker_is_refused_with_the_settings_name(String name, String value) {
        assertThatThrownBy(() -> bind("chapar.broker", BrokerSettings.class, Map.of("chapar.broker." + name, value)))
                .rootCause()
                .hasMessageContaining("chapar.broker." + name);
    }
}
