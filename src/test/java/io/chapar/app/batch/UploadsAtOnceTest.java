package io.chapar.app.batch;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.TestPki;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Uploads that drip, and lists that nobody reads on: what they leave to others. */
class UploadsAtOnceTest {

    private static final int PLACES = 8;
    private static final Duration LONG = Duration.ofDays(7);
    private static final TestPki.Identity HOTEL = new TestPki("uploads").tls("HOTEL");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Dripping> dripping = new ArrayList<>();
    private Batches batches;
    private BatchDoor door;

    @BeforeEach
    void open() throws IOException {
        BatchSettings settings =
                new BatchSettings(folder.resolve("batches"), 1000, 10, 1000, 1000, PLACES, PLACES, 1, 1, LONG, LONG);
        PayloadKeys keys = PayloadKeys.open(Files.createDirectories(folder.resolve("keys")), Optional.empty());
        Clock clock = Clock.systemUTC();
        batches = new Batches(settings, new Endings(RealFiles.CATALOGUE, keys, LONG, clock), keys, clock);
        door = new BatchDoor(
                batches,
                Mockito.mock(Workers.class),
                RealFiles.CATALOGUE,
                Mockito.mock(RefusedAttempts.class),
                settings,
                clock);
    }

    @AfterEach
    void close() throws Exception {
        dripping.forEach(each -> each.drips(-1));
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        batches.close();
    }

    /** A body of which one byte comes at a time. */
    private static final class Dripping extends InputStream {
        private final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
        private final CountDownLatch wanted = new CountDownLatch(1);

        void drips(int next) {
            bytes.add(next);
        }

        @Override
        public int read() throws IOException {
            wanted.countDown();
            try {
                return bytes.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            int next = read();
            if (next >= 0) {
                to[from] = (byte) next;
            }
            return Math.min(next, 1);
        }
    }

    private Callable<Boolean> upload(String hotel, UUID batch, String range, InputStream body) throws Refusal {
        ContentRange piece = ContentRange.of(Optional.of(range), Optional.empty());
        Passage.Arrived call = new Passage.Arrived(
                Passage.Door.BATCH,
                Stays.EXCHANGE,
                BatchDoor.LINES,
                new byte[0],
                Optional.empty(),
                List.of(HOTEL.certificate()),
                Format.JSON,
                false,
                TestPki.NOW,
                "trace");
        return () -> door.receive(
                Passages.party(hotel),
                new BatchId(Passages.party(hotel).code(), Stays.EXCHANGE, batch),
                call,
                piece,
                body);
    }

    /** Returns when it is under way. */
    private Future<Boolean> drip(String hotel, UUID batch, Dripping body) throws Exception {
        dripping.add(body);
        Future<Boolean> answer = threads.submit(upload(hotel, batch, "bytes 0-8/9", body));
        assertThat(body.wanted.await(1, TimeUnit.MINUTES)).isTrue();
        return answer;
    }

    private static void refused(ProblemCode code, ThrowingCallable what) {
        assertThatThrownBy(what).satisfies(thrown -> {
            Throwable refusal = thrown instanceof Refusal ? thrown : thrown.getCause();
            assertThat(refusal)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            one -> assertThat(one.problem().code()).isEqualTo(code));
        });
    }

    @Test
    void refused_when_a_party_has_as_many_as_are_still_free_and_another_party_is_served() throws Exception {
        for (int i = 0; i < PLACES / 2; i++) {
            Future<Boolean> unused = drip("HOTEL-1", UUID.randomUUID(), new Dripping());
        }

        refused(
                ProblemCode.QUOTA,
                upload("HOTEL-1", UUID.randomUUID(), "bytes 0-0/2", InputStream.nullInputStream())::call);

        InputStream piece = new ByteArrayInputStream(new byte[1]);
        assertThat(upload("HOTEL-2", UUID.randomUUID(), "bytes 0-0/2", piece).call())
                .as("complete")
                .isFalse();
    }

    @Test
    void shut_out_at_its_next_byte_when_another_connection_goes_on_with_its_batch() throws Exception {
        UUID batch = UUID.randomUUID();
        Dripping first = new Dripping();
        Future<Boolean> shutOut = drip("HOTEL-1", batch, first);
        Future<Boolean> unused = drip("HOTEL-1", batch, new Dripping());

        first.drips('a');

        refused(ProblemCode.UPLOAD_OFFSET, () -> shutOut.get(1, TimeUnit.MINUTES));
    }

    /** A caller that reads nothing of its answer for a while. */
    private static final class Stuck extends OutputStream {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch readsOn;

        private Stuck(CountDownLatch readsOn) {
            this.readsOn = readsOn;
        }

        @Override
        public void write(int next) throws IOException {
            begun.countDown();
            try {
                assertThat(readsOn.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** A batch of which one message has been looked at. */
    private BatchId workedAt(String hotel) throws Exception {
        BatchId id = new BatchId(Passages.party(hotel).code(), Stays.EXCHANGE, UUID.randomUUID());
        Batch batch = batches.begin(id, false, Optional.of(1L));
        batch.result("{\"line\":1}\n".getBytes(StandardCharsets.US_ASCII), false);
        batch.forceResults();
        batches.release(batch);
        return id;
    }

    private String list(BatchId id) throws Refusal, IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        door.results(id, 1, lines);
        return lines.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void refused_one_list_too_many_and_another_party_is_answered() throws Exception {
        BatchId one = workedAt("HOTEL-1");
        BatchId anothers = workedAt("HOTEL-2");
        CountDownLatch readsOn = new CountDownLatch(1);
        List<Future<?>> underWay = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Stuck stuck = new Stuck(readsOn);
            underWay.add(threads.submit(() -> {
                door.results(one, 1, stuck);
                return one;
            }));
            assertThat(stuck.begun.await(1, TimeUnit.MINUTES)).isTrue();
        }

        refused(ProblemCode.QUOTA, () -> list(one));
        assertThat(list(anothers)).isEqualTo("{\"line\":1}\n");

        readsOn.countDown();
        for (Future<?> each : underWay) {
            each.get(1, TimeUnit.MINUTES);
        }
        assertThat(list(one)).isEqualTo("{\"line\":1}\n");
    }
}
