package io.chapar.sandbox.faults;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** To what a pause is put down. */
class TroublesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Troubles troubles = new Troubles();

    @Test
    void the_first_receipt_after_a_kill_came_late_because_of_it_and_the_next_did_not() {
        troubles.begins(Fault.SLOW, Optional.empty(), LONG);
        troubles.begins(Fault.KILL, Optional.empty(), LONG);
        troubles.gatewayWorks(LONG);

        assertThat(troubles.felt()).containsExactly(Fault.KILL);
        assertThat(troubles.felt()).containsExactly(Fault.SLOW);
    }

    @Test
    void a_kill_lasts_until_the_gateway_works_again_though_it_was_meant_to_be_shorter() {
        troubles.begins(Fault.KILL, Optional.empty(), Duration.ZERO);
        troubles.begins(Fault.SLOW, Optional.empty(), Duration.ZERO);

        assertThat(troubles.over()).extracting(Troubles.Trouble::fault).containsExactly(Fault.SLOW);
        troubles.gatewayWorks(LONG);
        assertThat(troubles.felt()).containsExactly(Fault.KILL);
    }

    @Test
    void nothing_is_put_down_to_what_is_over_when_the_gateway_was_there() {
        troubles.begins(Fault.SLOW, Optional.empty(), LONG);
        troubles.lasting().forEach(troubles::ends);

        assertThat(troubles.felt()).isEmpty();
    }
}
