package io.chapar.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginThrottleTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private final LoginThrottle throttle = new LoginThrottle(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody needs it here");
        }
    });

    private void fails(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.mayTry(name, address)).as("failure %d", i).isTrue();
        }
    }

    private void logsIn(String name, String address) {
        assertThat(throttle.mayTry(name, address)).isTrue();
        throttle.succeeded(name, address);
    }

    /** As many networks as fill what can be remembered, each with one try. */
    private void manyFail(String name) {
        for (int i = 0; i < 30_000; i++) {
            throttle.mayTry(name, "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    @Test
    void waits_after_five_failures_and_twice_as_long_after_each_further_one() {
        fails(5, "leyla", HERE);
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            passes(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(throttle.mayTry("leyla", HERE)).as("%d minutes", minutes).isFalse();
            passes(Duration.ofSeconds(1));
            assertThat(throttle.mayTry("leyla", HERE)).as("%d minutes", minutes).isTrue();
        }
    }

    @Test
    void nobody_is_kept_out_by_a_stranger_who_fails_in_their_name_from_elsewhere() {
        for (int i = 0; i < 1_000; i++) {
            throttle.mayTry("leyla", ELSEWHERE);
        }
        assertThat(throttle.mayTry("leyla", ELSEWHERE)).isFalse();
        assertThat(throttle.mayTry("leyla", HERE)).isTrue();
    }

    @Test
    void an_address_that_tries_many_names_waits_with_all_of_them_and_one_own_login_does_not_pay_for_that() {
        for (int i = 0; i < 20; i++) {
            logsIn("leyla", HERE);
            fails(1, "name" + i, HERE);
        }
        assertThat(throttle.mayTry("leyla", HERE)).isFalse();
        assertThat(throttle.mayTry("leyla", ELSEWHERE)).isTrue();
    }

    @Test
    void an_address_that_has_waited_does_not_wait_anew_after_a_login() {
        for (int i = 0; i < 20; i++) {
            fails(1, "name" + i, HERE);
        }
        passes(Duration.ofMinutes(1));
        logsIn("leyla", HERE);
        logsIn("leyla", HERE);
        fails(1, "leyla", HERE);
        assertThat(throttle.mayTry("leyla", HERE)).isFalse();
    }

    @Test
    void addresses_of_one_ipv6_network_are_one() {
        fails(5, "leyla", "2001:db8:0:1:0:0:0:1");
        assertThat(throttle.mayTry("leyla", "2001:db8:0:1:a:b:c:d")).isFalse();
        assertThat(throttle.mayTry("leyla", "2001:db8:0:2:0:0:0:1")).isTrue();
    }

    @Test
    void forgotten_after_a_login_and_after_an_hour() {
        fails(4, "leyla", HERE);
        logsIn("leyla", HERE);
        fails(4, "leyla", HERE);
        passes(Duration.ofHours(1).plusSeconds(1));
        fails(5, "leyla", HERE);
        assertThat(throttle.mayTry("leyla", HERE)).isFalse();
    }

    @Test
    void who_comes_from_addresses_without_number_does_not_guess_without_end() {
        manyFail("leyla");
        for (String another : List.of(HERE, ELSEWHERE, "2001:db8::1")) {
            assertThat(throttle.mayTry("leyla", another)).as(another).isFalse();
        }
        passes(Duration.ofMinutes(1));
        assertThat(throttle.mayTry("leyla", HERE)).isTrue();
        assertThat(throttle.mayTry("leyla", ELSEWHERE))
                .as("one try for all of them")
                .isFalse();
    }

    @Test
    void who_comes_from_addresses_without_number_keeps_nobody_out_who_logged_in_from_theirs() {
        logsIn("leyla", HERE);
        manyFail("leyla");
        logsIn("leyla", HERE);
        fails(5, "leyla", HERE);
        assertThat(throttle.mayTry("leyla", HERE)).as("who guesses there").isFalse();
    }

    @Test
    void who_comes_from_addresses_without_number_keeps_out_nobody_of_another_name() {
        manyFail("leyla");
        assertThat(throttle.mayTry("orkhan", HERE)).isTrue();
    }

    @Test
    void who_comes_from_addresses_without_number_has_stopped_for_an_hour_and_leaves_no_trace() {
        manyFail("leyla");
        passes(Duration.ofHours(1).plusSeconds(1));
        fails(5, "leyla", HERE);
        assertThat(throttle.mayTry("leyla", HERE)).isFalse();
        assertThat(throttle.mayTry("leyla", ELSEWHERE)).isTrue();
    }

    @Test
    void names_without_end_are_cut() {
        fails(5, "x".repeat(64) + "y", HERE);
        assertThat(throttle.mayTry("x".repeat(64) + "z", HERE)).isFalse();
    }
}
