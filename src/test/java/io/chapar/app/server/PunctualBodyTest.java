package io.chapar.app.server;

import io.chapar.app.door.BodyNotWhole;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PunctualBodyTest {

    private static final PunctualBody.Pace PACE =
            new PunctualBody.Pace(Duration.ofSeconds(20), 1000, Duration.ofHours(20));
    private static final long UNKNOWN = -1;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger givenBack = new AtomicInteger();
    private final Sender sender = new Sender();
    private boolean endless;

    @Test
    void a_body_that_drips_is_given_up() throws IOException {
        PunctualBody body = body(UNKNOWN);
        sender.next(1, Duration.ofSeconds(19));
        assertThat(body.doRead(ApplicationBufferHandler.EMPTY)).isEqualTo(1);
        assertThat(body.doRead(ApplicationBufferHandler.EMPTY)).isEqualTo(1);

        assertThatThrownBy(() -> body.doRead(ApplicationBufferHandler.EMPTY)).isInstanceOf(BodyNotWhole.class);
        assertThat(body.ended()).isFalse();
    }

    @Test
    void a_body_that_drips_is_not_read_away_to_its_end() {
        sender.next(1, Duration.ofSeconds(19));

        assertThatThrownBy(() -> body(UNKNOWN).readAway(1_000_000)).isInstanceOf(BodyNotWhole.class);
    }

    @Test
    void a_large_one_over_a_slow_line_that_lives_is_read_for_as_long_as_it_takes() throws IOException {
        PunctualBody body = body(50_000_000);
        sender.next(10_000, Duration.ofSeconds(10));
        int read = 0;
        while (!body.ended()) {
            read += body.doRead(ApplicationBufferHandler.EMPTY);
        }

        assertThat(read).isEqualTo(50_000_000);
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void given_up_when_it_takes_too_long_although_it_keeps_its_pace() throws IOException {
        PunctualBody body = body(UNKNOWN);
        sender.next(40_000_000, Duration.ofHours(11));
        body.doRead(ApplicationBufferHandler.EMPTY);
        body.doRead(ApplicationBufferHandler.EMPTY);

        assertThatThrownBy(() -> body.doRead(ApplicationBufferHandler.EMPTY)).hasMessageContaining("too long");
    }

    @Test
    void a_body_whose_reader_takes_it_endlessly_is_read_on_but_not_read_away() throws IOException {
        endless = true;
        PunctualBody body = body(UNKNOWN);
        sender.next(40_000_000, Duration.ofHours(11));
        body.doRead(ApplicationBufferHandler.EMPTY);
        body.doRead(ApplicationBufferHandler.EMPTY);
        assertThat(body.doRead(ApplicationBufferHandler.EMPTY)).isEqualTo(40_000_000);

        assertThatThrownBy(() -> body.readAway(1)).hasMessageContaining("too long");
    }

    @Test
    void whatever_breaks_it_off_its_reader_learns_that_it_is_not_whole() {
        sender.breaks = true;

        assertThatThrownBy(() -> body(UNKNOWN).doRead(ApplicationBufferHandler.EMPTY))
                .isInstanceOf(BodyNotWhole.class);
    }

    @Test
    void who_pauses_after_much_has_come_is_not_given_up() throws IOException {
        PunctualBody body = body(UNKNOWN);
        sender.next(1_000_000, Duration.ofSeconds(1));
        body.doRead(ApplicationBufferHandler.EMPTY);
        sender.next(1, Duration.ofSeconds(19));
        for (int i = 0; i < 50; i++) {
            assertThat(body.doRead(ApplicationBufferHandler.EMPTY)).isEqualTo(1);
        }
    }

    @Test
    void the_time_that_is_ours_does_not_count() throws IOException {
        PunctualBody body = body(UNKNOWN);
        sender.next(1, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            assertThat(body.doRead(ApplicationBufferHandler.EMPTY)).isEqualTo(1);
            now.addAndGet(Duration.ofMinutes(5).toNanos());
        }
    }

    @Test
    void no_more_is_read_away_than_is_borne() throws IOException {
        PunctualBody body = body(UNKNOWN);
        sender.next(600, Duration.ZERO);
        body.readAway(1000);

        assertThat(body.ended()).isFalse();
        assertThat(sender.sent).isEqualTo(1200);
    }

    @Test
    void the_place_is_given_back_at_the_end_although_nobody_asked_for_more() throws IOException {
        PunctualBody body = body(10);
        sender.next(10, Duration.ZERO);
        body.doRead(ApplicationBufferHandler.EMPTY);

        assertThat(body.ended()).isTrue();
        assertThat(givenBack).hasValue(1);
    }

    private PunctualBody body(long length) {
        return new PunctualBody(sender, length, givenBack::incrementAndGet, PACE, () -> endless, now::get);
    }

    /** Sends so many bytes each time, after so long. */
    private final class Sender implements InputBuffer {

        private int bytes;
        private Duration pause = Duration.ZERO;
        private long sent;
        private boolean breaks;

        void next(int count, Duration after) {
            bytes = count;
            pause = after;
        }

        @Override
        public int doRead(ApplicationBufferHandler to) throws EOFException {
            if (breaks) {
                throw new EOFException();
            }
            now.addAndGet(pause.toNanos());
            sent += bytes;
            to.setByteBuffer(ByteBuffer.allocate(0));
            return bytes;
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
