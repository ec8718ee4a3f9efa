package io.chapar.app.batch;

import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What stands in a message's way for a while is waited for; what would never go away is told. */
class PerseveranceTest {

    private static final Passage.Arrived ARRIVED = new Passage.Arrived(
            Passage.Door.BATCH,
            Stays.EXCHANGE,
            "application/json",
            new byte[0],
            Optional.empty(),
            List.of(),
            Format.JSON,
            false,
            Instant.EPOCH,
            "trace");
    private static final Passage.Outcome DONE = Mockito.mock(Passage.Recorded.class);

    private final Perseverance perseverance = new Perseverance(() -> true);
    private final AtomicInteger tries = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(
            value = ProblemCode.class,
            names = {"SCHEMA", "RULE", "NOT_AGREED", "SIGNATURE_INVALID", "ID_REUSED", "TOO_LARGE"})
    void refused_once_for_what_no_waiting_would_change(ProblemCode code) {
        Passage.Outcome refused = refused(code, Duration.ZERO);

        assertThat(travel(refused)).isSameAs(refused);
        assertThat(tries).hasValue(1);
    }

    @Test
    void who_is_over_the_quota_waits_as_long_as_was_said_and_as_often_as_it_takes() {
        int often = 25;
        Passage.Outcome[] outcomes = new Passage.Outcome[often + 1];
        for (int i = 0; i < often; i++) {
            outcomes[i] = refused(ProblemCode.QUOTA, Duration.ofMillis(20));
        }
        outcomes[often] = DONE;
        long before = System.nanoTime();

        assertThat(travel(outcomes)).isSameAs(DONE);

        assertThat(tries).hasValue(often + 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(20L * often));
    }

    @Test
    void a_record_that_is_away_and_a_timestamp_that_is_missing_are_waited_for() {
        assertThat(travel(
                        refused(ProblemCode.NOT_DURABLE, Duration.ofSeconds(5)),
                        refused(ProblemCode.NO_TIMESTAMP, Duration.ofSeconds(5)),
                        DONE))
                .isSameAs(DONE);
        assertThat(tries).hasValue(3);
    }

    @Test
    void after_twenty_tries_with_a_record_that_is_there_a_message_is_given_up_and_its_problem_told() {
        Passage.Outcome last = refused(ProblemCode.NOT_DURABLE, Duration.ofSeconds(5));

        assertThat(travel(impatient(() -> true), times(19, ProblemCode.NOT_DURABLE, last, DONE)))
                .isSameAs(last);
        assertThat(tries).hasValue(20);
    }

    @Test
    void while_the_record_is_away_no_message_is_given_up() {
        assertThat(travel(impatient(() -> false), times(30, ProblemCode.NOT_DURABLE, DONE)))
                .isSameAs(DONE);
        assertThat(tries).hasValue(31);
    }

    @Test
    void what_waits_for_a_timestamp_is_not_the_messages_own_fault_and_is_not_given_up() {
        assertThat(travel(impatient(() -> true), times(30, ProblemCode.NO_TIMESTAMP, DONE)))
                .isSameAs(DONE);
        assertThat(tries).hasValue(31);
    }

    @Test
    void waiting_for_the_quota_is_no_try() {
        Passage.Outcome[] outcomes =
                times(19, ProblemCode.NOT_DURABLE, refused(ProblemCode.QUOTA, Duration.ZERO), DONE);

        assertThat(travel(impatient(() -> true), outcomes)).isSameAs(DONE);
        assertThat(tries).hasValue(21);
    }

    @Test
    void a_wait_ends_when_the_gateway_stops() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<Passage.Outcome> travelling = CompletableFuture.supplyAsync(() -> perseverance.until(() -> {
            waits.countDown();
            return refused(ProblemCode.QUOTA, Duration.ofHours(1));
        }));
        assertThat(waits.await(60, SECONDS)).isTrue();

        perseverance.stop();

        assertThatThrownBy(() -> travelling.get(20, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Stopped.class);
    }

    @Test
    void nothing_travels_any_more_once_the_gateway_stops() {
        perseverance.stop();

        assertThatThrownBy(() -> travel(DONE)).isInstanceOf(Stopped.class);
        assertThatThrownBy(() -> perseverance.pause(Duration.ofMinutes(1))).isInstanceOf(Stopped.class);
        assertThat(tries).hasValue(0);
    }

    @Test
    void whoever_is_interrupted_stops_too() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> perseverance.pause(Duration.ofMinutes(1))).isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** One whose pauses are so short that all of its tries are made within a moment. */
    private static Perseverance impatient(BooleanSupplier recordIsThere) {
        return new Perseverance(recordIsThere, Duration.ZERO);
    }

    /** So often this problem, and then these. */
    private static Passage.Outcome[] times(int often, ProblemCode code, Passage.Outcome... then) {
        return Stream.concat(
                        Stream.generate(() -> refused(code, Duration.ofSeconds(5)))
                                .limit(often),
                        Stream.of(then))
                .toArray(Passage.Outcome[]::new);
    }

    private Passage.Outcome travel(Passage.Outcome... outcomes) {
        return travel(perseverance, outcomes);
    }

    private Passage.Outcome travel(Perseverance tried, Passage.Outcome... outcomes) {
        Deque<Passage.Outcome> left = new ArrayDeque<>(List.of(outcomes));
        return tried.until(() -> {
            tries.incrementAndGet();
            return left.remove();
        });
    }

    private static Passage.Outcome refused(ProblemCode code, Duration retryAfter) {
        return new Passage.Refused(
                ARRIVED, new Problem(code, "a test", List.of(), Optional.of(retryAfter)), Optional.empty());
    }
}
