package io.chapar.app;

import io.chapar.ledger.TimestampGate;
import io.chapar.ledger.Timestamping;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Red when nothing is accepted for want of a timestamp; before that, it says what goes wrong and since when. */
final class TimestampHealth implements HealthIndicator {

    private final TimestampGate gate;
    private final Timestamping timestamping;

    TimestampHealth(TimestampGate gate, Timestamping timestamping) {
        this.gate = gate;
        this.timestamping = timestamping;
    }

    @Override
    public Health health() {
        Health.Builder health = gate.closed() ? Health.down() : Health.up();
        gate.waiting().ifPresent(age -> health.withDetail("oldestWaits", age.toSeconds() + " s"));
        timestamping.failure().ifPresent(reason -> health.withDetail("degraded", "no timestamp: " + reason));
        return health.build();
    }
}
