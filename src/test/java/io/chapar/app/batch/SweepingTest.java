package io.chapar.app.batch;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.PartyCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is kept no longer is forgotten, and nothing else. */
class SweepingTest {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration INCOMPLETE = Duration.ofDays(7);
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** A clock that is set. */
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2027-03-01T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }

        void forward(Duration by) {
            now = now.plus(by);
        }
    }

    @TempDir
    Path folder;

    private final Hands clock = new Hands();
    private BatchSettings settings;
    private PayloadKeys keys;
    private Endings endings;
    private Batches batches;
    private Sweeping sweeping;

    @BeforeEach
    void open() throws IOException {
        settings = new BatchSettings(folder.resolve("batches"), 1000, 10, 1000, 1000, 2, 1, 1, 1, KEPT, INCOMPLETE);
        keys = PayloadKeys.open(Files.createDirectories(folder.resolve("keys")), Optional.empty());
        endings = new Endings(RealFiles.CATALOGUE, keys, KEPT, clock);
        batches = new Batches(settings, endings, keys, clock);
        sweeping = new Sweeping(batches, settings, clock);
    }

    @AfterEach
    void close() throws IOException {
        batches.close();
    }

    private Batch begun() throws Exception {
        BatchId id = new BatchId(new PartyCode("HOTEL-1"), Stays.EXCHANGE, UUID.randomUUID());
        return batches.begin(id, false, Optional.of(3L));
    }

    private Batch complete(Optional<String> signature) throws Exception {
        Batch batch = begun();
        batch.change(facts -> facts.working(3, signature, List.of(), clock.instant()));
        return batch;
    }

    private boolean isThere(Batch batch) {
        return Files.exists(batch.folder()) && batches.facts(batch.id()).isPresent();
    }

    @Test
    void an_upload_that_nobody_goes_on_with_is_forgotten_and_gives_its_place_to_another() throws Exception {
        Batch first = begun();
        Batch second = begun();

        clock.forward(INCOMPLETE);
        sweeping.sweep();
        assertThat(isThere(first)).isTrue();

        second.connect(ContentRange.of(Optional.of("bytes 0-0/3"), Optional.of(1L)), clock.instant());
        clock.forward(MOMENT);
        sweeping.sweep();
        assertThat(isThere(first)).isFalse();
        assertThat(Files.exists(first.folder())).isFalse();
        assertThat(isThere(second)).as("somebody went on with it").isTrue();
        assertThat(isThere(begun())).as("one of the two places is free").isTrue();
    }

    @Test
    void a_batch_that_is_complete_waits_for_its_end_however_long_that_takes() throws Exception {
        Batch batch = complete(Optional.empty());

        clock.forward(Duration.ofDays(4000));
        sweeping.sweep();

        assertThat(isThere(batch)).isTrue();
        assertThat(batches.toDo()).containsExactly(batch.id());
    }

    @Test
    void what_is_done_or_refused_is_kept_as_long_as_was_set() throws Exception {
        Batch done = complete(Optional.empty());
        endings.done(done);
        batches.ended(done);
        Batch refused = complete(Optional.of("a..b"));
        batches.end(refused.id(), facts -> endings.refused(facts, "a.b.c"));

        clock.forward(KEPT);
        sweeping.sweep();
        assertThat(List.of(done, refused)).allMatch(this::isThere);

        clock.forward(MOMENT);
        sweeping.sweep();
        assertThat(List.of(done, refused)).noneMatch(this::isThere);
    }

    @Test
    void what_is_the_proof_of_accepted_messages_is_kept_as_long_as_they_are() throws Exception {
        Batch proof = complete(Optional.of("a..b"));
        proof.count(new BatchFacts.Count(1, 1, 0));
        endings.done(proof);
        batches.ended(proof);
        Period retention = RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> agreement.exchange().exchange().equals(Stays.EXCHANGE))
                .findFirst()
                .orElseThrow()
                .retention();
        Instant over = clock.instant()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plus(retention)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();

        clock.forward(Duration.between(clock.instant(), over));
        sweeping.sweep();
        assertThat(isThere(proof)).isTrue();

        clock.forward(MOMENT);
        sweeping.sweep();
        assertThat(isThere(proof)).isFalse();
    }

    @Test
    void what_cannot_be_read_is_left_and_is_in_no_others_way() throws Exception {
        Path all = folder.resolve("batches/HOTEL-1").resolve(Stays.EXCHANGE);
        Path broken = Files.createDirectories(all.resolve("00000000-0000-4000-8000-000000000000"));
        Files.writeString(broken.resolve(StateFile.NAME), "{");
        Path stranger = Files.createDirectories(all.resolve("0-not-a-batch"));
        Path nobody = Files.createDirectories(folder.resolve("batches/not a party/a/b"));
        Batch batch = begun();

        clock.forward(INCOMPLETE.plus(MOMENT));
        sweeping.sweep();

        assertThat(isThere(batch)).isFalse();
        assertThat(List.of(broken.resolve(StateFile.NAME), stranger, nobody)).allMatch(Files::exists);
    }

    @Test
    void refused_when_the_last_piece_comes_while_the_batch_is_taken_back() throws Exception {
        Batch batch = begun();
        long connection = batch.connect(ContentRange.of(Optional.of("bytes 0-2/3"), Optional.of(3L)), clock.instant());
        batch.append(connection, new byte[3], 3);
        FutureTask<Boolean> last = new FutureTask<>(
                () -> batch.complete(connection, Optional.of(3L), Optional.empty(), List.of(), clock.instant()));
        Thread uploading = new Thread(last);

        boolean deleted = batches.delete(batch.id(), facts -> {
            boolean receiving = facts.state() == BatchFacts.State.RECEIVING;
            uploading.start();
            await().until(() ->
                    List.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(uploading.getState()));
            return receiving;
        });

        assertThat(deleted).isTrue();
        assertThatThrownBy(last::get).hasCauseInstanceOf(Refusal.class);
        assertThatThrownBy(() ->
                        batch.connect(ContentRange.of(Optional.of("bytes 0-2/3"), Optional.of(3L)), clock.instant()))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_batch_that_is_complete_is_not_taken_back() throws Exception {
        Batch batch = complete(Optional.empty());

        assertThat(batches.delete(batch.id(), facts -> facts.state() == BatchFacts.State.RECEIVING))
                .isFalse();

        assertThat(isThere(batch)).isTrue();
    }

    @Test
    void refused_when_another_gateway_works_on_the_same_folder() {
        assertThatThrownBy(() -> new Batches(settings, endings, keys, clock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another gateway runs on the folder of batches")
                .hasMessageContaining("chapar.batches.folder");
    }

    @Test
    void nothing_is_thrown_when_there_is_nothing_to_look_at() throws IOException {
        Files.delete(folder.resolve("batches/open"));
        Files.delete(folder.resolve("batches/lock"));
        Files.delete(folder.resolve("batches"));

        sweeping.sweep();

        assertThat(folder.resolve("batches")).doesNotExist();
    }
}
