package io.chapar.ledger;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class TimestampGateTest {

    private static final Duration GRACE = Duration.ofHours(24);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final TimestampGate gate = new TimestampGate(Optional.of(GRACE), nanos::get);

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void nothing_waiting_never_stops_however_much_time_passes() throws Exception {
        gate.saw(Optional.empty());

        passes(Duration.ofDays(1_000));

        gate.pass();
        assertThat(gate.waiting()).isEmpty();
    }

    @Test
    void open_until_the_grace_period_is_over() throws Exception {
        gate.saw(Optional.of(GRACE.minusNanos(1)));
        gate.pass();

        passes(Duration.ofNanos(1));
        gate.pass();
    }

    @Test
    void refused_a_moment_after_the_grace_period_even_if_nobody_looks_again() {
        gate.saw(Optional.of(GRACE));

        passes(Duration.ofNanos(1));

        assertThat(gate.closed()).isTrue();
        assertThatThrownBy(gate::pass).asInstanceOf(type(Refusal.class)).satisfies(refusal -> {
            assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NO_TIMESTAMP);
            assertThat(refusal.problem().retryAfter()).isPresent();
        });
    }

    @Test
    void open_again_once_what_waited_is_under_a_timestamp() throws Exception {
        gate.saw(Optional.of(GRACE.plusSeconds(1)));
        assertThat(gate.closed()).isTrue();

        gate.saw(Optional.of(Duration.ofSeconds(1)));

        gate.pass();
    }

    @Test
    void never_stops_where_no_timestamps_are_wanted() throws Exception {
        TimestampGate open = new TimestampGate(Optional.empty(), nanos::get);

        open.saw(Optional.of(Duration.ofDays(1_000)));

        open.pass();
    }
}
