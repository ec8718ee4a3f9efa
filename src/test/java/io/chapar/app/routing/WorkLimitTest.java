package io.chapar.app.routing;

import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WorkLimitTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int MANY = 100;

    private static Exchange journey(Passage.Door door, String party) {
        Exchange journey = new DefaultExchange(new DefaultCamelContext());
        Passage.Arrived arrived = new Passage.Arrived(
                door,
                "birth-notification",
                "application/json",
                new byte[0],
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Format.JSON,
                false,
                Instant.EPOCH,
                "trace");
        journey.getMessage()
                .setBody(new Passage.Authenticated(
                        new Passage.Accepted(arrived, Format.JSON, new byte[0], Optional.empty(), List.of()),
                        new Party(
                                new PartyCode(party),
                                party,
                                Set.of(),
                                List.of(),
                                List.of(),
                                Party.Channel.MAILBOX,
                                Optional.empty(),
                                Optional.empty(),
                                true)));
        return journey;
    }

    private static Exchange begun(WorkLimit limit, Passage.Door door) throws Refusal {
        return begun(limit, door, "MH");
    }

    private static Exchange begun(WorkLimit limit, Passage.Door door, String party) throws Refusal {
        Exchange journey = journey(door, party);
        limit.begin(journey);
        return journey;
    }

    @ParameterizedTest
    @EnumSource(
            value = Passage.Door.class,
            names = {"REST", "SOAP"})
    void refused_and_told_when_to_come_again_when_there_is_no_turn_in_time(Passage.Door door) throws Exception {
        WorkLimit limit = new WorkLimit(1, AT_ONCE, MANY);
        begun(limit, Passage.Door.REST);
        assertThatThrownBy(() -> begun(limit, door)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE);
            assertThat(refusal.problem().retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    @Test
    void who_was_refused_takes_no_turn_from_anybody() throws Exception {
        WorkLimit limit = new WorkLimit(1, AT_ONCE, MANY);
        Exchange first = begun(limit, Passage.Door.REST);
        Exchange refused = journey(Passage.Door.REST, "MH");
        assertThatThrownBy(() -> limit.begin(refused)).isInstanceOf(Refusal.class);
        WorkLimit.end(refused);
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
        WorkLimit.end(first);
        assertThatCode(() -> begun(limit, Passage.Door.REST)).doesNotThrowAnyException();
    }

    @Test
    void turn_that_is_over_twice_is_one_turn() throws Exception {
        WorkLimit limit = new WorkLimit(1, AT_ONCE, MANY);
        Exchange first = begun(limit, Passage.Door.REST);
        WorkLimit.end(first);
        WorkLimit.end(first);
        begun(limit, Passage.Door.REST);
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Passage.Door.class,
            names = {"QUEUE", "BATCH"})
    void message_for_whose_answer_nobody_waits_waits_for_its_turn_as_long_as_it_takes(Passage.Door door)
            throws Exception {
        WorkLimit limit = new WorkLimit(1, AT_ONCE, MANY);
        Exchange first = begun(limit, Passage.Door.REST);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
            try {
                begun(limit, door);
            } catch (Refusal e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waits).isNotDone();
        WorkLimit.end(first);
        waits.get(1, TimeUnit.MINUTES);
    }

    @Test
    void refused_at_once_when_too_many_wait_already() throws Exception {
        WorkLimit limit = new WorkLimit(1, Duration.ofMinutes(5), 1);
        Exchange first = begun(limit, Passage.Door.REST);
        CompletableFuture<Exchange> waits = CompletableFuture.supplyAsync(() -> {
            try {
                return begun(limit, Passage.Door.REST);
            } catch (Refusal e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> limit.waiting() == 1);
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
        WorkLimit.end(first);
        WorkLimit.end(waits.get(1, TimeUnit.MINUTES));
        assertThatCode(() -> begun(limit, Passage.Door.REST)).doesNotThrowAnyException();
    }

    @Test
    void refused_at_once_when_its_party_has_as_many_waiting_as_places_are_free_and_another_one_waits()
            throws Exception {
        WorkLimit limit = new WorkLimit(1, Duration.ofMinutes(5), 4);
        Exchange first = begun(limit, Passage.Door.REST, "MH");
        List<CompletableFuture<Exchange>> waits = new ArrayList<>();
        ExecutorService senders = Executors.newCachedThreadPool();
        for (String party : List.of("MH", "MH", "SPR")) {
            int before = waits.size();
            waits.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return begun(limit, Passage.Door.REST, party);
                        } catch (Refusal e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    senders));
            await().until(() -> limit.waiting() == before + 1);
            if (before == 1) {
                assertThatThrownBy(() -> begun(limit, Passage.Door.REST, "MH")).isInstanceOf(Refusal.class);
            }
        }
        Exchange turn = first;
        // The parties in turn.
        for (int next : List.of(0, 2, 1)) {
            WorkLimit.end(turn);
            turn = waits.get(next).get(1, TimeUnit.MINUTES);
        }
        senders.shutdown();
    }

    @Test
    void turn_that_is_free_is_given_although_nobody_may_wait() {
        assertThatCode(() -> begun(new WorkLimit(1, AT_ONCE, 0), Passage.Door.REST))
                .doesNotThrowAnyException();
    }

    @Test
    void interrupted_because_the_gateway_stops_is_refused_and_stays_interrupted() {
        WorkLimit limit = new WorkLimit(1, Duration.ofMinutes(1), MANY);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void limit_that_lets_nobody_work_is_refused_at_the_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkLimit(0, AT_ONCE, MANY));
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkLimit(1, Duration.ofSeconds(-1), MANY));
    }
}
