package io.chapar.app;

import io.chapar.deliver.DeliveryLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set about delivering and asking.
 *
 * @param connectTimeout until a connection to a receiver stands
 * @param responseTimeout until a receiver's acknowledgement is complete; afterwards its channel stops
 * @param firstBackOff before a stopped channel is probed for the first time, and a broken provider asked again
 * @param longestBackOff between two probes
 * @param longestRetryAfter up to which a receiver's {@code Retry-After} is honoured
 * @param concurrency deliveries to one receiver at a time
 * @param largestAcknowledgement that is read
 * @param queryTimeout until a provider's answer is complete
 * @param largestAnswer of a provider that is read
 * @param largestInQueue delivery to a party whose channel is a queue; a larger one is parked
 * @param comparison how often the record and the broker are compared although nothing seems wrong
 */
@ConfigurationProperties("chapar.deliver")
public record DeliverSettings(
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("500ms") Duration firstBackOff,
        @DefaultValue("30s") Duration longestBackOff,
        @DefaultValue("5m") Duration longestRetryAfter,
        @DefaultValue("32") int concurrency,
        @DefaultValue("64KB") DataSize largestAcknowledgement,
        @DefaultValue("5s") Duration queryTimeout,
        @DefaultValue("1MB") DataSize largestAnswer,
        @DefaultValue("64MB") DataSize largestInQueue,
        @DefaultValue("10m") Duration comparison) {

    private static final Duration LONGEST = Duration.ofHours(1);

    public DeliverSettings {
        within("connect-timeout", connectTimeout);
        within("response-timeout", responseTimeout);
        within("first-back-off", firstBackOff);
        within("longest-back-off", longestBackOff);
        within("longest-retry-after", longestRetryAfter);
        within("query-timeout", queryTimeout);
        within("comparison", comparison);
        require(firstBackOff.compareTo(longestBackOff) <= 0, "first-back-off must not exceed longest-back-off");
        require(concurrency >= 1 && concurrency <= 64, "concurrency must be from 1 to 64");
        require(
                largestAcknowledgement.toBytes() >= 1024 && largestAcknowledgement.toMegabytes() <= 16,
                "largest-acknowledgement must be from 1KB to 16MB");
        require(
                largestAnswer.toBytes() >= 1024 && largestAnswer.toMegabytes() <= 64,
                "largest-answer must be from 1KB to 64MB");
        require(
                largestInQueue.toBytes() >= 1024 && largestInQueue.toMegabytes() <= 256,
                "largest-in-queue must be from 1KB to 256MB");
    }

    DeliveryLimits limits() {
        return new DeliveryLimits(
                connectTimeout,
                responseTimeout,
                firstBackOff,
                longestBackOff,
                longestRetryAfter,
                concurrency,
                (int) largestAcknowledgement.toBytes(),
                queryTimeout,
                (int) largestAnswer.toBytes(),
                largestInQueue.toBytes());
    }

    private static void within(String name, Duration duration) {
        require(
                duration.toMillis() >= 1 && duration.compareTo(LONGEST) <= 0,
                name + " must be from 1ms to " + LONGEST.toHours() + "h");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("chapar.deliver." + rule);
        }
    }
}
