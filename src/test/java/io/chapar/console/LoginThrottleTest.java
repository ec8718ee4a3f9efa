package io.chapar.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
            throttle.failed(name, address);
        }
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    @Test
    void waits_after_five_failures_and_twice_as_long_after_each_further_one() {
        fails(4, "leyla", HERE);
        assertThat(throttle.mustWait("leyla", HERE)).isFalse();
        fails(1, "leyla", HERE);
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            passes(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(throttle.mustWait("leyla", HERE))
                    .as("%d minutes", minutes)
                    .isTrue();
            passes(Duration.ofSeconds(1));
            assertThat(throttle.mustWait("leyla", HERE))
                    .as("%d minutes", minutes)
                    .isFalse();
            fails(1, "leyla", HERE);
        }
    }

    @Test
    void nobody_is_kept_out_by_a_stranger_who_fails_in_their_name_from_elsewhere() {
        fails(1_000, "leyla", ELSEWHERE);
        assertThat(throttle.mustWait("leyla", ELSEWHERE)).isTrue();
        assertThat(throttle.mustWait("leyla", HERE)).isFalse();
    }

    @Test
    void an_address_that_tries_many_names_waits_with_all_of_them_and_one_own_login_does_not_pay_for_that() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.mustWait("leyla", HERE)).isFalse();
            fails(1, "name" + i, HERE);
        }
        throttle.succeeded("leyla", HERE);
        assertThat(throttle.mustWait("leyla", HERE)).isTrue();
        assertThat(throttle.mustWait("leyla", ELSEWHERE)).isFalse();
    }

    @Test
    void addresses_of_one_ipv6_network_are_one() {
        fails(5, "leyla", "2001:db8:0:1:0:0:0:1");
        assertThat(throttle.mustWait("leyla", "2001:db8:0:1:a:b:c:d")).isTrue();
        assertThat(throttle.mustWait("leyla", "2001:db8:0:2:0:0:0:1")).isFalse();
    }

    @Test
    void forgotten_after_a_login_and_after_an_hour() {
        fails(4, "leyla", HERE);
        throttle.succeeded("leyla", HERE);
        fails(4, "leyla", HERE);
        assertThat(throttle.mustWait("leyla", HERE)).isFalse();
        passes(Duration.ofHours(1).plusSeconds(1));
        fails(4, "leyla", HERE);
        assertThat(throttle.mustWait("leyla", HERE)).isFalse();
    }

    @Test
    void who_comes_from_addresses_without_number_fills_no_memory_and_keeps_nobody_out() {
        for (int i = 0; i < 30_000; i++) {
            fails(1, "leyla", "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }
        assertThat(throttle.mustWait("leyla", HERE)).isFalse();
    }
}
