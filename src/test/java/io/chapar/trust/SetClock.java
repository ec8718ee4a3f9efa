package io.chapar.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when a test says so; at first it is {@link TestPki#NOW}. */
final class SetClock implements InstantSource {

    private volatile Instant now = TestPki.NOW;

    void set(Instant instant) {
        now = instant;
    }

    void goOn(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
