package io.chapar.app.door;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PunctualInputTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final InputStream in =
            new PunctualInput(new ByteArrayInputStream(new byte[100]), Duration.ofMinutes(30), now::get);

    @Test
    void a_body_that_drips_is_broken_off_when_its_time_is_over() throws IOException {
        assertThat(in.read()).isZero();
        now.addAndGet(Duration.ofMinutes(29).toNanos());
        assertThat(in.read(new byte[10], 0, 10)).isEqualTo(10);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> in.read(new byte[10], 0, 10)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void a_body_that_comes_in_time_is_read_to_its_end() throws IOException {
        assertThat(in.readAllBytes()).hasSize(100);
    }
}
