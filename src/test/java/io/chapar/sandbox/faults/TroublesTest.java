package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** To what a pause is put down. */
class TroublesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final PartyCode SBS = new PartyCode("SBS");

    private final AtomicLong misbehaved = new AtomicLong(7);
    private final Troubles troubles = new Troubles(
            (fault, party) -> party.isPresent() ? OptionalLong.of(misbehaved.get()) : OptionalLong.empty());

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

    @Test
    void a_receivers_trouble_lasts_until_it_is_felt_though_its_time_is_over() {
        troubles.begins(Fault.ERROR, Optional.of(SBS), Duration.ZERO);
        assertThat(troubles.over()).isEmpty();

        misbehaved.incrementAndGet();
        assertThat(troubles.over()).extracting(Troubles.Trouble::fault).containsExactly(Fault.ERROR);
        troubles.over().forEach(troubles::ends);
        assertThat(troubles.timesFelt(Fault.ERROR)).hasValue(1);
    }

    @Test
    void not_felt_when_the_receiver_never_misbehaved() {
        troubles.begins(Fault.ERROR, Optional.of(SBS), LONG);
        troubles.begins(Fault.CUT, Optional.of(SBS), LONG);

        assertThat(troubles.times(Fault.ERROR)).isEqualTo(1);
        assertThat(troubles.timesFelt(Fault.ERROR)).hasValue(0);
    }
}
