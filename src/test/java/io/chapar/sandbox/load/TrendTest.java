package io.chapar.sandbox.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class TrendTest {

    @Test
    void refused_when_everything_was_at_the_same_moment() {
        assertThatIllegalArgumentException().isThrownBy(() -> Trend.slope(new double[] {3, 3}, new double[] {1, 2}));
    }

    @Test
    void ups_and_downs_around_the_same_height_are_no_growth() {
        assertThat(Trend.slope(new double[] {0, 1, 2, 3}, new double[] {5, 7, 7, 5}))
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void growth_is_seen_through_ups_and_downs() {
        assertThat(Trend.slope(new double[] {0, 1, 2, 3}, new double[] {0, 3, 3, 6}))
                .isCloseTo(1.75, within(1e-9));
    }

    @Test
    void a_peak_at_the_end_is_no_growth() {
        assertThat(Trend.slope(new double[] {0, 1, 2, 3, 4, 5}, new double[] {5, 6, 5, 6, 5, 90}))
                .isCloseTo(0, within(0.5));
    }
}
