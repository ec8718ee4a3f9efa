package io.chapar.app.batch;

import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final Passage.Outcome LAST = refused(ProblemCode.NOT_DURABLE, Duration.ofSeconds(5));

    private final Perseverance perseverance = new Perseverance(() -> true);
    private final Perseverance whileTheRecordIsAway = new Perseverance(() -> false);

    @ParameterizedTest
    @EnumSource(
            value = ProblemCode.class,
            names = {"SCHEMA", "RULE", "NOT_AGREED", "SIGNATURE_INVALID", "ID_REUSED", "TOO_LARGE"})
    void refused_once_for_what_no_waiting_would_change(ProblemCode code) {
        assertThat(perseverance.after(refused(code, Duration.ZERO))).isEmpty();
    }

    @Test
    void what_is_recorded_waits_for_nothing() {
        assertThat(perseverance.after(DONE)).isEmpty();
    }

    @Test
    void who_is_over_the_quota_waits_as_long_as_was_said_and_as_often_as_it_takes() {
        for (int i = 0; i < 25; i++) {
            assertThat(perseverance.after(refused(ProblemCode.QUOTA, Duration.ofMillis(20))))
                    .hasValue(Duration.ofMillis(20));
        }
    }

    @Test
    void who_is_over_the_quota_waits_within_reason_whatever_was_said() {
        assertThat(perseverance.after(refused(ProblemCode.QUOTA, Duration.ZERO)))
                .hasValue(Duration.ofMillis(10));
        assertThat(perseverance.after(refused(ProblemCode.QUOTA, Duration.ofHours(1))))
                .hasValue(Duration.ofSeconds(30));
    }

    @Test
    void a_record_that_is_away_and_a_timestamp_that_is_missing_are_waited_for_longer_and_longer() {
        assertThat(perseverance.after(LAST)).hasValue(Duration.ofMillis(500));
        assertThat(perseverance.after(refused(ProblemCode.NO_TIMESTAMP, Duration.ofSeconds(5))))
                .hasValue(Duration.ofSeconds(1));
        assertThat(tried(perseverance, 6, ProblemCode.NO_TIMESTAMP)).endsWith(Duration.ofSeconds(30));
    }

    @Test
    void the_next_message_waits_no_longer_because_the_one_before_it_did() {
        tried(perseverance, 19, ProblemCode.NO_TIMESTAMP);
        perseverance.after(DONE);

        assertThat(perseverance.after(LAST)).hasValue(Duration.ofMillis(500));
    }

    @Test
    void after_twenty_tries_with_a_record_that_is_there_a_message_is_given_up() {
        assertThat(tried(perseverance, 19, ProblemCode.NOT_DURABLE)).hasSize(19);
        assertThat(perseverance.after(LAST)).isEmpty();
        assertThat(perseverance.after(LAST)).as("the next one").hasValue(Duration.ofMillis(500));
    }

    @Test
    void while_the_record_is_away_no_message_is_given_up() {
        assertThat(tried(whileTheRecordIsAway, 30, ProblemCode.NOT_DURABLE)).hasSize(30);
    }

    @Test
    void what_waits_for_a_timestamp_is_not_the_messages_own_fault_and_is_not_given_up() {
        assertThat(tried(perseverance, 30, ProblemCode.NO_TIMESTAMP)).hasSize(30);
    }

    @Test
    void waiting_for_the_quota_is_no_try() {
        tried(perseverance, 18, ProblemCode.NOT_DURABLE);
        tried(perseverance, 10, ProblemCode.QUOTA);

        assertThat(perseverance.after(LAST)).as("the 19th").isPresent();
        assertThat(perseverance.after(LAST)).as("the 20th").isEmpty();
    }

    /** The pauses after so many tries of one message. */
    private static List<Duration> tried(Perseverance perseverance, int often, ProblemCode code) {
        return Stream.generate(() -> perseverance.after(refused(code, Duration.ofSeconds(5))))
                .limit(often)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Passage.Outcome refused(ProblemCode code, Duration retryAfter) {
        return new Passage.Refused(
                ARRIVED, new Problem(code, "a test", List.of(), Optional.of(retryAfter)), Optional.empty());
    }
}
