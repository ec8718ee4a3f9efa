package io.chapar.deliver;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReceiverChannelTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static ReceiverChannel channel(Duration first, Duration longest) {
        return new ReceiverChannel("SPR", TestLimits.with(first, longest), Clock.systemUTC());
    }

    private static void stop(ReceiverChannel channel, Optional<Duration> retryAfter) {
        try (ReceiverChannel.Turn turn = channel.turn()) {
            turn.failed(new ChannelFailure("status 503", retryAfter));
        }
    }

    private static CompletableFuture<ReceiverChannel.Turn> comes(ReceiverChannel channel) {
        CompletableFuture<ReceiverChannel.Turn> turn = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                turn.complete(channel.turn());
            } catch (RuntimeException e) {
                turn.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return turn;
    }

    private static void stillWaits(CompletableFuture<?> turn) {
        assertThatThrownBy(() -> turn.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void everyone_passes_while_it_works() {
        ReceiverChannel channel = channel(LONG, LONG);
        channel.turn().worked();
        channel.turn().worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void one_failure_stops_it_for_all() {
        ReceiverChannel channel = channel(LONG, LONG);
        stop(channel, Optional.empty());
        assertThat(channel.getState()).isEqualTo("STOPPED");
        assertThat(channel.getLastFailure()).isEqualTo("status 503");
        stillWaits(comes(channel));
        assertThat(channel.getWaiting()).isEqualTo(1);
    }

    @Test
    void only_one_probes_and_its_success_lets_all_go_on() throws Exception {
        ReceiverChannel channel = channel(Duration.ofMillis(1), Duration.ofMillis(1));
        stop(channel, Optional.empty());
        ReceiverChannel.Turn probe = comes(channel).get(10, TimeUnit.SECONDS);
        CompletableFuture<ReceiverChannel.Turn> second = comes(channel);
        CompletableFuture<ReceiverChannel.Turn> third = comes(channel);
        stillWaits(second);
        stillWaits(third);
        probe.worked();
        second.get(10, TimeUnit.SECONDS).worked();
        third.get(10, TimeUnit.SECONDS).worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void a_probe_that_fails_leaves_it_stopped_and_hands_the_probing_on() throws Exception {
        ReceiverChannel channel = channel(Duration.ofMillis(1), Duration.ofMillis(1));
        stop(channel, Optional.empty());
        comes(channel).get(10, TimeUnit.SECONDS).failed(new ChannelFailure("time-out"));
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.STOPPED);
        assertThat(channel.getLastFailure()).isEqualTo("time-out");
        comes(channel).get(10, TimeUnit.SECONDS).worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void as_many_failures_as_two_days_have_give_nothing_up_and_the_first_success_opens_it() {
        ReceiverChannel channel = channel(Duration.ofMillis(500), Duration.ofSeconds(30));
        for (int i = 0; i < 2 * 24 * 60 * 60 / 15; i++) {
            channel.resume();
            stop(channel, Optional.empty());
            assertThat(channel.state()).isEqualTo(ReceiverChannel.State.STOPPED);
        }
        channel.resume();
        channel.turn().worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void a_probe_that_says_nothing_hands_the_probing_on() throws Exception {
        ReceiverChannel channel = channel(Duration.ofMillis(1), Duration.ofMillis(1));
        stop(channel, Optional.empty());
        comes(channel).get(10, TimeUnit.SECONDS).close();
        comes(channel).get(10, TimeUnit.SECONDS).worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void a_late_success_of_another_does_not_open_it() {
        ReceiverChannel channel = channel(LONG, LONG);
        ReceiverChannel.Turn early = channel.turn();
        stop(channel, Optional.empty());
        early.worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.STOPPED);
    }

    @Test
    void the_receivers_wish_to_wait_is_honoured() {
        ReceiverChannel channel = channel(Duration.ofMillis(1), Duration.ofMillis(1));
        stop(channel, Optional.of(Duration.ofMinutes(1)));
        stillWaits(comes(channel));
    }

    @Test
    void nothing_passes_while_paused_and_all_does_afterwards() throws Exception {
        ReceiverChannel channel = channel(LONG, LONG);
        channel.pause();
        CompletableFuture<ReceiverChannel.Turn> turn = comes(channel);
        stillWaits(turn);
        assertThat(channel.getState()).isEqualTo("PAUSED");
        channel.resume();
        turn.get(10, TimeUnit.SECONDS).worked();
    }

    @Test
    void resuming_probes_at_once() throws Exception {
        ReceiverChannel channel = channel(LONG, LONG);
        stop(channel, Optional.empty());
        CompletableFuture<ReceiverChannel.Turn> turn = comes(channel);
        stillWaits(turn);
        channel.resume();
        turn.get(10, TimeUnit.SECONDS).worked();
        assertThat(channel.state()).isEqualTo(ReceiverChannel.State.OPEN);
    }

    @Test
    void who_waits_is_told_when_the_gateway_stops() {
        ReceiverChannel channel = channel(LONG, LONG);
        stop(channel, Optional.empty());
        CompletableFuture<ReceiverChannel.Turn> turn = comes(channel);
        stillWaits(turn);
        channel.halt();
        assertThatThrownBy(() -> turn.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Halted.class);
        assertThatThrownBy(channel::turn).isInstanceOf(Halted.class);
    }

    @Test
    void a_broken_circuit_lets_one_question_through_at_a_time() {
        Circuit circuit = new Circuit(Duration.ofMillis(1), Duration.ofMillis(1));
        AtomicInteger through = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(circuit.letsThrough()).isTrue();
            circuit.failed();
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (through.get() == 0 && System.nanoTime() < until) {
            if (circuit.letsThrough()) {
                through.incrementAndGet();
            }
        }
        assertThat(circuit.letsThrough()).isFalse();
        circuit.worked();
        assertThat(circuit.letsThrough()).isTrue();
        assertThat(circuit.letsThrough()).isTrue();
    }

    @Test
    void a_circuit_stays_broken_before_its_time() {
        Circuit circuit = new Circuit(LONG, LONG);
        for (int i = 0; i < 3; i++) {
            circuit.failed();
        }
        assertThat(circuit.letsThrough()).isFalse();
    }
}
