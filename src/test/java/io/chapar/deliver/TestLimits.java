package io.chapar.deliver;

import java.time.Duration;

final class TestLimits {

    private TestLimits() {}

    static DeliveryLimits with(Duration firstBackOff, Duration longestBackOff) {
        return with(firstBackOff, longestBackOff, Duration.ofSeconds(10));
    }

    static DeliveryLimits with(Duration firstBackOff, Duration longestBackOff, Duration responseTimeout) {
        return new DeliveryLimits(
                Duration.ofSeconds(3),
                responseTimeout,
                firstBackOff,
                longestBackOff,
                Duration.ofMinutes(5),
                8,
                4096,
                responseTimeout,
                65536);
    }
}
