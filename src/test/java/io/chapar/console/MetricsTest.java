package io.chapar.console;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics(registry);

    @Test
    void terms_are_counted_by_whether_they_were_met() {
        metrics.deadline("birth-registration", true);
        metrics.deadline("birth-registration", false);
        metrics.deadline("birth-registration", false);

        assertThat(counted("chapar.deadlines", "met", "true")).isEqualTo(1);
        assertThat(counted("chapar.deadlines", "met", "false")).isEqualTo(2);
    }

    @Test
    void clocks_that_ran_out_are_counted_by_exchange() {
        metrics.ranOut("departure-term");

        assertThat(counted("chapar.clocks.ran.out", "exchange", "departure-term"))
                .isEqualTo(1);
    }

    private double counted(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }
}
