package io.chapar.app.routing;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.TestPki;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WorkLimitTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int MANY = 100;
    private static final TestPki PKI = new TestPki("turns");
    private static final Map<String, X509Certificate> CERTIFICATES = Map.of(
            "MH", PKI.tls("MH").certificate(),
            "SPR", PKI.tls("SPR").certificate(),
            "nobody", PKI.tls("nobody").certificate());
    private static final FewParties PARTIES = new FewParties(List.of(party("MH"), party("SPR")));

    private static Party party(String code) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                List.of(CERTIFICATES.get(code)),
                List.of(),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private final List<PartyCode> told = new CopyOnWriteArrayList<>();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    @AfterEach
    void nobodyWaits() {
        senders.shutdownNow();
    }

    private WorkLimit limit(int atOnce, Duration longestTurnWait) {
        return new WorkLimit(PARTIES, told::add, atOnce, longestTurnWait);
    }

    private static Passage.Arrived arrived(Passage.Door door, String sender, Optional<InputStream> unread) {
        return new Passage.Arrived(
                door,
                "birth-notification",
                "application/json",
                new byte[0],
                unread,
                Optional.empty(),
                Optional.ofNullable(CERTIFICATES.get(sender)).map(List::of).orElse(List.of()),
                Format.JSON,
                false,
                Instant.EPOCH,
                "trace");
    }

    private static Exchange journey(Passage message) {
        Exchange journey = new DefaultExchange(new DefaultCamelContext());
        journey.getMessage().setBody(message);
        return journey;
    }

    private static Exchange journey(Passage.Door door, String sender) {
        return journey(arrived(door, sender, Optional.empty()));
    }

    private static Exchange begun(WorkLimit limit, Passage.Door door) throws Refusal {
        return begun(limit, door, "MH");
    }

    private static Exchange begun(WorkLimit limit, Passage.Door door, String sender) throws Refusal {
        Exchange journey = journey(door, sender);
        limit.begin(journey);
        return journey;
    }

    private static CompletableFuture<Exchange> begins(
            WorkLimit limit, Passage.Door door, String sender, Executor senders) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return begun(limit, door, sender);
                    } catch (Refusal e) {
                        throw new IllegalStateException(e);
                    }
                },
                senders);
    }

    @ParameterizedTest
    @EnumSource(
            value = Passage.Door.class,
            names = {"REST", "SOAP"})
    void refused_and_told_when_to_come_again_when_there_is_no_turn_in_time(Passage.Door door) throws Exception {
        WorkLimit limit = limit(1, AT_ONCE);
        begun(limit, Passage.Door.REST);
        assertThatThrownBy(() -> begun(limit, door)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo(ProblemCode.QUOTA);
            assertThat(refusal.problem().detail()).contains("nothing was recorded");
            assertThat(refusal.problem().retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    @Test
    void who_was_refused_takes_no_turn_from_anybody() throws Exception {
        WorkLimit limit = limit(1, AT_ONCE);
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
        WorkLimit limit = limit(1, AT_ONCE);
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
        WorkLimit limit = limit(1, AT_ONCE);
        Exchange first = begun(limit, Passage.Door.REST);
        CompletableFuture<Exchange> waits = begins(limit, door, "MH", senders);
        assertThat(waits).isNotDone();
        WorkLimit.end(first);
        waits.get(1, TimeUnit.MINUTES);
    }

    @ParameterizedTest
    @CsvSource({"MH, MH, SPR", "SPR, SPR, MH", "nobody, without certificate, MH", "MH, MH, nobody"})
    void another_partys_turn_comes_before_the_second_of_one_that_sends_much(String sender, String again, String other)
            throws Exception {
        WorkLimit limit = limit(1, Duration.ofMinutes(5));
        Exchange turn = begun(limit, Passage.Door.REST, sender);
        List<CompletableFuture<Exchange>> waits = new ArrayList<>();
        for (String next : List.of(sender, again, other)) {
            waits.add(begins(limit, Passage.Door.REST, next, senders));
            await().until(() -> limit.waiting() == waits.size());
        }
        for (int next : List.of(0, 2, 1)) {
            assertThat(waits.get(next)).isNotDone();
            WorkLimit.end(turn);
            turn = waits.get(next).get(1, TimeUnit.MINUTES);
        }
    }

    private static Passage.Refused refused(Passage.Door door, String sender, ProblemCode code) {
        return new Passage.Refused(
                arrived(door, sender, Optional.empty()), Problem.of(code, "as told"), Optional.empty());
    }

    private static void manyAreRefused(WorkLimit limit, Passage.Door door, String sender, ProblemCode code) {
        for (int i = 0; i < MANY; i++) {
            limit.learn(refused(door, sender, code));
        }
    }

    @Test
    void one_of_whom_much_is_refused_has_an_eighth_of_the_turns_and_another_the_rest() throws Exception {
        WorkLimit limit = limit(16, AT_ONCE);
        manyAreRefused(limit, Passage.Door.REST, "MH", ProblemCode.SIGNATURE_INVALID);
        begun(limit, Passage.Door.REST, "MH");
        Exchange second = begun(limit, Passage.Door.SOAP, "MH");
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST, "MH"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.QUOTA);
                    assertThat(refusal.problem().retryAfter()).contains(Duration.ofSeconds(1));
                });
        assertThat(told).containsExactly(new PartyCode("MH"));
        for (int i = 2; i < 16; i++) {
            begun(limit, Passage.Door.REST, "SPR");
        }
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST, "SPR")).isInstanceOf(Refusal.class);
        WorkLimit.end(second);
        assertThatCode(() -> begun(limit, Passage.Door.REST, "MH")).doesNotThrowAnyException();
    }

    @Test
    void all_of_whom_much_is_refused_share_these_turns_with_all_who_are_no_party() throws Exception {
        WorkLimit limit = limit(8, AT_ONCE);
        manyAreRefused(limit, Passage.Door.REST, "MH", ProblemCode.NOT_AGREED);
        Exchange stranger = begun(limit, Passage.Door.REST, "nobody");
        for (String sender : List.of("MH", "nobody", "without certificate")) {
            assertThatThrownBy(() -> begun(limit, Passage.Door.REST, sender)).isInstanceOf(Refusal.class);
        }
        WorkLimit.end(stranger);
        assertThatCode(() -> begun(limit, Passage.Door.REST, "MH")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"REST, NOT_DURABLE", "REST, QUOTA", "SOAP, NO_TIMESTAMP", "QUEUE, SCHEMA", "BATCH, SIGNATURE_INVALID"})
    void not_held_against_its_sender_when_it_only_has_to_come_again_or_nobody_waits_for_an_answer(
            Passage.Door door, ProblemCode code) throws Exception {
        WorkLimit limit = limit(2, AT_ONCE);
        manyAreRefused(limit, door, "MH", code);
        begun(limit, Passage.Door.REST, "MH");
        assertThatCode(() -> begun(limit, Passage.Door.REST, "MH")).doesNotThrowAnyException();
    }

    @Test
    void has_all_turns_again_when_as_many_were_accepted() throws Exception {
        WorkLimit limit = limit(2, AT_ONCE);
        manyAreRefused(limit, Passage.Door.REST, "MH", ProblemCode.SCHEMA);
        for (int i = 0; i < MANY; i++) {
            limit.learn(new Passage.Checked(
                    arrived(Passage.Door.REST, "MH", Optional.empty()),
                    UUID.randomUUID(),
                    new ExchangeVersion("birth-notification", "1.0"),
                    List.of()));
        }
        begun(limit, Passage.Door.REST, "MH");
        assertThatCode(() -> begun(limit, Passage.Door.REST, "MH")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = Passage.Door.class,
            names = {"QUEUE", "BATCH"})
    void what_comes_by_queue_or_batch_has_any_turn_whatever_its_sender_is_refused(Passage.Door door) throws Exception {
        WorkLimit limit = limit(2, AT_ONCE);
        manyAreRefused(limit, Passage.Door.REST, "MH", ProblemCode.SCHEMA);
        begun(limit, door, "MH");
        assertThatCode(() -> begun(limit, door, "MH")).doesNotThrowAnyException();
    }

    @Test
    void has_no_second_turn_who_has_one() throws Exception {
        WorkLimit limit = limit(1, AT_ONCE);
        Exchange first = begun(limit, Passage.Door.REST);
        assertThatCode(() -> limit.begin(first)).doesNotThrowAnyException();
        WorkLimit.end(first);
        assertThatCode(() -> begun(limit, Passage.Door.REST)).doesNotThrowAnyException();
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
    }

    @Test
    void who_still_sends_its_files_keeps_nobody_from_a_turn_and_has_its_own_when_they_are_here() throws Exception {
        WorkLimit limit = limit(1, AT_ONCE);
        Passage.Arrived arrived = arrived(Passage.Door.REST, "MH", Optional.of(InputStream.nullInputStream()));
        Exchange withFiles = journey(arrived);
        limit.begin(withFiles);
        Exchange other = begun(limit, Passage.Door.REST, "SPR");
        withFiles
                .getMessage()
                .setBody(new Passage.Accepted(arrived, Format.JSON, new byte[0], Optional.empty(), List.of()));
        assertThatThrownBy(() -> limit.begin(withFiles)).isInstanceOf(Refusal.class);
        WorkLimit.end(other);
        limit.begin(withFiles);
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST, "SPR")).isInstanceOf(Refusal.class);
    }

    @Test
    void interrupted_because_the_gateway_stops_is_refused_and_stays_interrupted() {
        WorkLimit limit = limit(1, Duration.ofMinutes(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> begun(limit, Passage.Door.REST)).isInstanceOf(Refusal.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void limit_that_lets_nobody_work_is_refused_at_the_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> limit(0, AT_ONCE));
        assertThatIllegalArgumentException().isThrownBy(() -> limit(1, Duration.ofSeconds(-1)));
    }
}
