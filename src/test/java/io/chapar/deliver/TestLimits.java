package io.chapar.deliver;

import java.time.Duration;

final class TestLimits {

    private TestLimits() {}

    static DeliveryLimits with(Duration firstBackOff, Duration longestBackOff) {
        return with(firstBackOff, longestBackOff, Duration.ofSeconds(10));
    }

    static DeliveryLimits with(Duration firstBackOff, Duration longestBackOff, Duration responseTimeout) {
        return new DeliveryLimits(
                // generous, so that a busy machine is not taken for a dead receiver
                Duration.ofSeconds(30),
                responseTimeout,
                firstBackOff,
                longestBackOff,
                Duration.ofMinutes(5),
                8,
                4096,
                responseTimeout,
                65536,
                10_000);
    }
}
