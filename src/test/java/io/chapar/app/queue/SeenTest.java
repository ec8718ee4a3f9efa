package io.chapar.app.queue;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenTest {

    private final Seen seen = new Seen(Duration.ofMinutes(1));
    private final UUID lies = UUID.randomUUID();
    private final UUID put = UUID.randomUUID();

    @Test
    void what_lay_in_the_queue_and_what_was_put_since_waits_once_each() {
        seen.renew(each -> each.accept(lies));
        seen.put(put);
        seen.put(lies);
        assertThat(seen.waiting()).isEqualTo(2);
    }

    @Test
    void what_was_acknowledged_or_is_not_in_the_queue_any_more_does_not_wait() {
        seen.put(put);
        seen.put(lies);
        seen.forget(put);
        assertThat(seen.waiting()).isEqualTo(1);
        seen.renew(each -> {});
        assertThat(seen.waiting()).isZero();
    }

    @Test
    void what_was_put_and_never_seen_there_may_be_put_again() {
        seen.put(put);
        assertThat(seen.ids()).isEmpty();
    }
}
