package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Signer;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.PayloadKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;

/** Work on one batch, turn by turn: what must wait, what becomes of it, and what cannot be read any more. */
class BatchWorkTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String OF_ROOM = "{\"orderingKey\":\"room-7\"}";

    @TempDir
    Path folder;

    private final List<Long> travelled = new ArrayList<>();
    private final Signer signer = Mockito.mock(Signer.class);
    private final RefusedAttempts attempts = Mockito.mock(RefusedAttempts.class);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private PayloadKeys keys;
    private Batches batches;
    private BatchMeans means;
    private StraightWay way = arrived -> refused(arrived, ProblemCode.SCHEMA);

    @BeforeEach
    void open() throws IOException {
        keys = PayloadKeys.open(Files.createDirectories(folder.resolve("keys")), Optional.empty());
        Mockito.when(signer.compactJws(any(), any()))
                .thenAnswer(call -> "a." + Base64.getUrlEncoder().encodeToString(call.getArgument(1)) + ".c");
        Mockito.when(attempts.noted(any(), any())).thenAnswer(call -> call.getArgument(0));
        start();
    }

    private void start() {
        BatchSettings settings =
                new BatchSettings(folder.resolve("batches"), 10_000, 10, 1_000, 10_000, 2, 1, 1, 2, DAY, DAY);
        Endings endings = new Endings(RealFiles.CATALOGUE, keys, DAY, CLOCK);
        batches = new Batches(settings, endings, keys, CLOCK);
        means = new BatchMeans(
                batches,
                arrived -> way.travel(arrived),
                Mockito.mock(CallerIdentity.class),
                attempts,
                signer,
                Mockito.mock(Metrics.class),
                new Inspection(settings, Mockito.mock(BatchSignatures.class)),
                endings,
                settings,
                () -> true,
                stopping::get,
                Runnable::run,
                CLOCK);
    }

    @AfterEach
    void close() throws IOException {
        batches.close();
    }

    private static String line(String header) {
        String payload = "{\"header\":" + header + "}";
        return "{\"protected\":\"e30\",\"payload\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + "\",\"signature\":\"AAAA\"}\n";
    }

    private BatchId uploaded(String lines) throws Exception {
        BatchId id = new BatchId(new PartyCode("HOTEL-1"), Stays.EXCHANGE, UUID.randomUUID());
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        Optional<Long> size = Optional.of((long) bytes.length);
        Batch batch = batches.begin(id, false, size);
        long connection = batch.connect(ContentRange.of(Optional.empty(), size), CLOCK.instant());
        batch.append(connection, bytes, bytes.length);
        assertThat(batch.complete(connection, size, Optional.empty(), List.of(), CLOCK.instant()))
                .isTrue();
        return id;
    }

    private static Passage.Refused refused(Passage.Arrived arrived, ProblemCode code) {
        return new Passage.Refused(arrived, Problem.of(code, "a test"), Optional.empty());
    }

    /** Those journeys, counted from 1, end because the quota is used up. */
    private void overTheQuota(Integer... journeys) {
        way = arrived -> {
            travelled.add(number(arrived));
            boolean over = List.of(journeys).contains(travelled.size());
            return refused(arrived, over ? ProblemCode.QUOTA : ProblemCode.SCHEMA);
        };
    }

    private static long number(Passage.Arrived arrived) {
        return Long.parseLong(arrived.contentType().replaceFirst(".*;line=", ""));
    }

    private List<Long> lines(BatchId id) throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Batch batch = batches.find(id).orElseThrow();
        Told.copy(batch.results(), 1, lines);
        batch.close();
        return lines.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> BulkGateway.json(line).path("line").asLong())
                .toList();
    }

    private BatchFacts facts(BatchId id) {
        return batches.facts(id).orElseThrow();
    }

    @Test
    void a_message_over_the_quota_is_waited_for_and_those_of_its_key_stay_behind_it() throws Exception {
        BatchId id = uploaded(line(OF_ROOM) + line(OF_ROOM) + line("{}"));
        overTheQuota(1, 2);
        Workers.Work work = means.begin(id).orElseThrow();

        assertThat(work.goOn()).hasValue(Problem.USUAL_WAIT);
        assertThat(facts(id).state()).isEqualTo(BatchFacts.State.WORKING);
        assertThat(work.goOn()).isEmpty();

        assertThat(travelled).containsExactly(1L, 3L, 1L, 2L, 3L);
        assertThat(lines(id)).containsExactly(1L, 2L, 3L);
        assertThat(facts(id).state()).isEqualTo(BatchFacts.State.DONE);
    }

    @Test
    void work_that_was_put_down_goes_on_behind_the_last_line() throws Exception {
        BatchId id = uploaded(line(OF_ROOM) + line(OF_ROOM));
        overTheQuota(2, 3);
        Workers.Work work = means.begin(id).orElseThrow();
        assertThat(work.goOn()).isPresent();

        work.close();

        assertThat(means.begin(id).orElseThrow().goOn()).isEmpty();
        assertThat(travelled).containsExactly(1L, 2L, 2L, 2L);
        assertThat(lines(id)).containsExactly(1L, 2L);
        assertThat(facts(id).count()).isEqualTo(new BatchFacts.Count(2, 0, 2));
    }

    @Test
    void nothing_travels_any_more_once_the_gateway_stops() throws Exception {
        Workers.Work work = means.begin(uploaded(line("{}"))).orElseThrow();
        overTheQuota();
        stopping.set(true);

        assertThatThrownBy(work::goOn).isInstanceOf(Stopped.class);
        assertThat(travelled).isEmpty();
    }

    @Test
    void a_batch_whose_refusal_cannot_be_recorded_waits_and_is_refused_then() throws Exception {
        BatchId id = uploaded("\n");
        Mockito.when(attempts.noted(any(), any()))
                .thenAnswer(call ->
                        refused(call.getArgument(0, Passage.Refused.class).arrived(), ProblemCode.NOT_DURABLE))
                .thenAnswer(call -> call.getArgument(0));
        Workers.Work work = means.begin(id).orElseThrow();

        assertThat(work.goOn()).isPresent();
        assertThat(facts(id).state()).isEqualTo(BatchFacts.State.WORKING);
        assertThat(work.goOn()).isEmpty();

        assertThat(facts(id).state()).isEqualTo(BatchFacts.State.REFUSED);
        assertThat(problem(id).path("code").asText()).isEqualTo("malformed");
    }

    @Test
    void refused_when_its_key_was_destroyed_and_its_sender_sees_it() throws Exception {
        BatchId id = uploaded(line("{}"));
        batches.close();
        keys.destroy(keys.names());
        start();

        assertThat(means.begin(id).orElseThrow().goOn()).isEmpty();

        assertThat(batches.toDo()).isEmpty();
        assertThat(problem(id).path("code").asText()).isEqualTo("unprocessable");
        assertThat(problem(id).path("detail").asText()).contains("key").contains("another id");
        BatchDoor door = new BatchDoor(
                batches,
                new Workers(means::begin, new BatchTurns(1), 1, DAY),
                RealFiles.CATALOGUE,
                attempts,
                means.settings(),
                CLOCK);
        assertThat(door.status(id)).containsEntry("state", "refused").containsKey("problemJws");
        assertThat(means.begin(id)).isEmpty();
    }

    private JsonNode problem(BatchId id) {
        return BulkGateway.json(new String(
                Base64.getUrlDecoder().decode(facts(id).problem().orElseThrow().split("\\.", -1)[1]),
                StandardCharsets.UTF_8));
    }
}
