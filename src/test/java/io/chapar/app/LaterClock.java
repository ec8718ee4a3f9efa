package io.chapar.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the machine, and some more from a moment on. */
public final class LaterClock extends Clock {

    private volatile Duration more = Duration.ZERO;

    public void later(Duration by) {
        more = by;
    }

    public Duration more() {
        return more;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(more);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), more);
    }
}
