package io.chapar.deliver;

import java.time.Duration;

/**
 * How long, how much and how often.
 *
 * @param connectTimeout until a connection stands
 * @param responseTimeout until a receiver's answer is complete
 * @param firstBackOff after a channel's first failure
 * @param longestBackOff between two probes of a stopped channel
 * @param longestRetryAfter up to which a receiver's own wish to wait is honoured
 * @param connections to one receiver at a time
 * @param largestAcknowledgement in bytes
 * @param queryTimeout until a provider's answer is complete
 * @param largestAnswer of a provider, in bytes
 * @param largestInQueue what is put into a party's queue, in bytes
 */
public record DeliveryLimits(
        Duration connectTimeout,
        Duration responseTimeout,
        Duration firstBackOff,
        Duration longestBackOff,
        Duration longestRetryAfter,
        int connections,
        int largestAcknowledgement,
        Duration queryTimeout,
        int largestAnswer,
        long largestInQueue) {

    private static final long SLOWEST_BYTES_A_SECOND = 1_000_000;

    /** Until the answer to so many bytes is complete: large ones may take longer, a second for each megabyte. */
    Duration responseTimeout(long bytes) {
        return responseTimeout.plusSeconds(bytes / SLOWEST_BYTES_A_SECOND);
    }

    /** While a caller waits, nothing takes longer than the whole answer may. */
    DeliveryLimits ofQueries() {
        return new DeliveryLimits(
                connectTimeout.compareTo(queryTimeout) < 0 ? connectTimeout : queryTimeout,
                queryTimeout,
                firstBackOff,
                longestBackOff,
                longestRetryAfter,
                connections,
                largestAcknowledgement,
                queryTimeout,
                largestAnswer,
                largestInQueue);
    }
}
