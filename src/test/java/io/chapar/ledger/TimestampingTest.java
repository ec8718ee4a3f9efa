package io.chapar.ledger;

import io.chapar.trust.Malformed;
import io.chapar.trust.TestPki;
import io.chapar.trust.TimestampTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** When it asks, what it keeps, and how it goes on when it gets nothing. */
class TimestampingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofHours(1);

    private final TestPki pki = new TestPki("timestamping");
    private final AtomicLong nanos = new AtomicLong();
    private final Shelf shelf = new Shelf();
    private final TimestampGate gate = new TimestampGate(Optional.of(GRACE), nanos::get);
    private boolean away;
    private int asked;

    @TempDir
    Path folder;

    private Timestamping timestamping;

    @BeforeEach
    void with_an_authority() {
        TimestampTokens tokens =
                new TimestampTokens(pki.paths(folder), Optional.empty(), Duration.ofMinutes(5), TestPki.CLOCK);
        var authority = TestPki.timestamps(pki.timestamping("TSA"), TestPki.CLOCK);
        timestamping = new Timestamping(
                shelf,
                tokens,
                Optional.of(request -> {
                    asked++;
                    if (away) {
                        throw new IOException("status 503");
                    }
                    try {
                        return authority.answer(request);
                    } catch (Malformed e) {
                        throw new IOException(e);
                    }
                }),
                gate,
                MINUTE,
                nanos::get);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
        timestamping.tick();
    }

    @Test
    void the_newest_checkpoint_gets_one_at_once_and_the_next_not_before_a_minute() {
        shelf.checkpoint = 7;
        timestamping.tick();
        assertThat(shelf.kept).containsExactly(7L);

        shelf.checkpoint = 9;
        passes(MINUTE.minusMillis(1));
        assertThat(shelf.kept).containsExactly(7L);

        passes(Duration.ofMillis(1));
        assertThat(shelf.kept).containsExactly(7L, 9L);
    }

    @Test
    void nothing_new_asks_nobody() {
        shelf.checkpoint = 7;
        timestamping.tick();

        passes(Duration.ofHours(5));

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void another_node_asks_and_this_one_only_looks() throws Exception {
        shelf.ours = false;
        shelf.checkpoint = 7;
        shelf.waiting = Optional.of(GRACE.plusSeconds(1));

        timestamping.tick();

        assertThat(asked).isZero();
        assertThat(gate.closed()).isTrue();
    }

    @Test
    void while_the_authority_is_away_it_asks_less_and_less_often() {
        away = true;
        shelf.checkpoint = 7;

        timestamping.tick();
        for (int second = 0; second < 3600; second++) {
            passes(Duration.ofSeconds(1));
        }

        // at 0, 1, 3, 7, 15, 31 s, and from 63 s on each minute: 58 or 59 more
        assertThat(asked).isBetween(60, 66);
        assertThat(timestamping.failure()).hasValue("status 503");
        assertThat(shelf.kept).isEmpty();
    }

    @Test
    void a_token_that_is_not_believed_is_not_kept() {
        shelf.checkpoint = 7;
        timestamping = new Timestamping(
                shelf,
                new TimestampTokens(
                        new TestPki("other").paths(folder), Optional.empty(), Duration.ofMinutes(5), TestPki.CLOCK),
                Optional.of(request -> {
                    try {
                        return TestPki.timestamps(pki.timestamping("TSA"), TestPki.CLOCK)
                                .answer(request);
                    } catch (Malformed e) {
                        throw new IOException(e);
                    }
                }),
                gate,
                MINUTE,
                nanos::get);

        timestamping.tick();

        assertThat(shelf.kept).isEmpty();
        assertThat(timestamping.failure().orElseThrow()).contains("UNTRUSTED");
    }

    @Test
    void once_the_authority_is_back_the_gate_opens_with_the_timestamp() throws Exception {
        away = true;
        shelf.checkpoint = 7;
        shelf.waiting = Optional.of(GRACE.plusSeconds(1));
        timestamping.tick();
        assertThat(gate.closed()).isTrue();

        away = false;
        passes(MINUTE);

        assertThat(shelf.kept).containsExactly(7L);
        gate.pass();
        assertThat(timestamping.failure()).isEmpty();
    }

    @Test
    void a_first_look_closes_the_gate_before_anything_was_asked() {
        shelf.waiting = Optional.of(GRACE.plusSeconds(1));

        timestamping.look();

        assertThat(gate.closed()).isTrue();
        assertThat(asked).isZero();
    }

    /** A store in memory. */
    private static final class Shelf implements TimestampStore {
        private final List<Long> kept = new ArrayList<>();
        private long checkpoint;
        private boolean ours = true;
        private Optional<Duration> waiting = Optional.empty();

        @Override
        public Optional<Bare> newest() {
            return checkpoint == 0 || kept.contains(checkpoint)
                    ? Optional.empty()
                    : Optional.of(new Bare(checkpoint, "note " + checkpoint));
        }

        @Override
        public void keep(long size, byte[] token, Instant at) {
            assertThat(new String(token, StandardCharsets.ISO_8859_1)).isNotEmpty();
            assertThat(at).isEqualTo(TestPki.NOW);
            kept.add(size);
            waiting = Optional.empty();
        }

        @Override
        public Optional<Duration> oldestWaiting() {
            return waiting;
        }

        @Override
        public boolean ours() {
            return ours;
        }
    }
}
