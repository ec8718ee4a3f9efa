package io.chapar.app.queue;

import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.Defects;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.TestSigner;
import io.chapar.deliver.Patience;
import io.chapar.message.Content;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.TestPki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** Parties write what is large and held in memory as a whole; one of them asks a provider that takes its time. */
class LargeAtOnceTest {

    private static final TestPki PKI = new TestPki("large-at-once");
    private static final String SLOW = "{\"slow\":";

    @TempDir
    Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        answered.countDown();
        threads.shutdownNow();
    }

    private Passage.Outcome travel(Passage.Arrived arrived) {
        if (new String(arrived.body(), StandardCharsets.US_ASCII).startsWith(SLOW)) {
            asked.countDown();
            try {
                assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] answer = "{}".getBytes(StandardCharsets.US_ASCII);
        return new Passage.Answered(arrived, UUID.randomUUID(), Format.JSON, answer, Optional.of("a..b"));
    }

    private QueueDoor door() {
        return new QueueDoor(
                this::travel,
                Mockito.mock(Acknowledgements.class),
                Mockito.mock(RefusedAttempts.class),
                new FewParties(List.of()),
                new TestSigner(),
                new QueueEncryption(
                        Set.of(),
                        new FewParties(List.of()),
                        new CertificatePaths(
                                List.of(PKI.authority()),
                                folder.resolve("none.crl.pem"),
                                Duration.ZERO,
                                Clock.systemUTC()),
                        Optional.empty()),
                new Patience(Duration.ofMillis(20), Duration.ofMillis(50)),
                (party, delivery) -> assertThat(delivery).isNotNull(),
                owner -> true,
                new Defects(exchange -> true),
                8 << 20,
                Clock.systemUTC());
    }

    private static Written large(String beginning) {
        byte[] body = (beginning + "1}" + " ".repeat(2 << 20)).getBytes(StandardCharsets.US_ASCII);
        return new Written(
                "message",
                "person-lookup",
                Format.JSON.mediaType(),
                Content.of(body),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void another_party_is_answered_while_a_provider_is_asked_for_the_first() throws Exception {
        QueueDoor door = door();
        Future<Optional<Letter>> slow = threads.submit(() -> door.answer(new PartyCode("MH"), large(SLOW)));
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

        Future<Optional<Letter>> other = threads.submit(() -> door.answer(new PartyCode("MJ"), large("{\"a\":")));

        assertThat(other.get(1, TimeUnit.MINUTES)).isPresent();
        assertThat(slow.isDone()).isFalse();
        answered.countDown();
        assertThat(slow.get(1, TimeUnit.MINUTES)).isPresent();
    }
}
