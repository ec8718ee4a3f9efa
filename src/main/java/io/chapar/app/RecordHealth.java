package io.chapar.app;

import io.chapar.record.MessageRecord;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Red whenever a message could not be recorded. */
public final class RecordHealth implements HealthIndicator {

    private final MessageRecord record;

    public RecordHealth(MessageRecord record) {
        this.record = record;
    }

    @Override
    public Health health() {
        return record.healthy()
                ? Health.up().build()
                : Health.down()
                        .withDetail("record", record.complaint().orElse("the database takes nothing at the moment"))
                        .build();
    }
}
