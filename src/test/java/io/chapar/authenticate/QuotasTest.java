package io.chapar.authenticate;

import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QuotasTest {

    private static final PartyCode ONE = new PartyCode("HOTEL-1");
    private static final PartyCode OTHER = new PartyCode("HOTEL-2");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final Map<PartyCode, Long> backlog = new HashMap<>();

    private Quotas quotas(double perSecond, int burst) {
        return new Quotas(
                party -> new QuotaLimits(perSecond, burst, 100), party -> backlog.getOrDefault(party, 0L), now::get);
    }

    @Test
    void a_burst_is_taken_and_what_is_beyond_it_refused_with_the_time_until_there_is_room() {
        Quotas quotas = quotas(10, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(quotas.take(ONE)).as("message " + i).isEmpty();
        }
        assertThat(quotas.take(ONE)).contains(Duration.ofMillis(100));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(60));
        assertThat(quotas.take(ONE)).contains(Duration.ofMillis(40));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(40));
        assertThat(quotas.take(ONE)).isEmpty();
        assertThat(quotas.take(ONE)).contains(Duration.ofMillis(100));
    }

    @Test
    void refused_messages_are_not_counted_however_many_they_are() {
        Quotas quotas = quotas(10, 1);
        assertThat(quotas.take(ONE)).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            assertThat(quotas.take(ONE)).contains(Duration.ofMillis(100));
        }
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(quotas.take(ONE)).isEmpty();
    }

    @Test
    void a_pause_is_not_saved_up_beyond_the_burst() {
        Quotas quotas = quotas(10, 2);
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(quotas.take(ONE)).isEmpty();
        assertThat(quotas.take(ONE)).isEmpty();
        assertThat(quotas.take(ONE)).isPresent();
    }

    @Test
    void one_party_that_sends_too_much_takes_nothing_from_another() {
        Quotas quotas = quotas(1, 1);
        assertThat(quotas.take(ONE)).isEmpty();
        assertThat(quotas.take(ONE)).isPresent();
        assertThat(quotas.take(OTHER)).isEmpty();
    }

    @Test
    void refused_while_too_much_is_under_way_and_taken_again_when_it_is_less() {
        Quotas quotas = quotas(1_000, 10);
        backlog.put(ONE, 100L);
        assertThat(quotas.take(ONE)).isPresent();
        assertThat(quotas.take(OTHER)).isEmpty();
        backlog.put(ONE, 99L);
        assertThat(quotas.take(ONE)).isEmpty();
    }

    @Test
    void refused_always_when_nothing_may_be_sent() {
        Quotas quotas = quotas(0, 10);
        now.addAndGet(TimeUnit.DAYS.toNanos(1));
        assertThat(quotas.take(ONE)).isPresent();
    }

    @Test
    void many_at_once_are_given_no_more_than_the_burst() throws InterruptedException {
        Quotas quotas = quotas(1, 50);
        AtomicInteger taken = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 400; i++) {
            senders.execute(() -> {
                if (quotas.take(ONE).isEmpty()) {
                    taken.incrementAndGet();
                }
            });
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(taken).hasValue(50);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 1", "NaN, 1, 1", "2000000, 1, 1", "1, 0, 1", "1, 1, 0"})
    void refused_a_quota_that_cannot_be_meant(double perSecond, int burst, long backlogs) {
        assertThatThrownBy(() -> new QuotaLimits(perSecond, burst, backlogs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messages-per-second");
    }
}
