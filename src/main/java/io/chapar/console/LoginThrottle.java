package io.chapar.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Makes guessing passwords slow: after some failures in a row for a name, whoever uses that name waits, whether the
 * password is right or not. Names that nobody has are counted too, so that an answer does not tell them apart.
 */
public final class LoginThrottle {

    private static final int FREE_FAILURES = 5;
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int MOST_NAMES = 10_000;

    private record Failures(int count, Instant last) {}

    private final ConcurrentMap<String, Failures> failures = new ConcurrentHashMap<>();
    private final Clock clock;

    public LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    public boolean mustWait(String name) {
        Failures so = failures.get(name);
        return so != null
                && so.count() >= FREE_FAILURES
                && clock.instant().isBefore(so.last().plus(WAIT));
    }

    public void failed(String name) {
        if (failures.size() >= MOST_NAMES) {
            failures.values().removeIf(old -> old.last().plus(WAIT).isBefore(clock.instant()));
        }
        if (failures.size() < MOST_NAMES || failures.containsKey(name)) {
            failures.merge(
                    name, new Failures(1, clock.instant()), (old, one) -> new Failures(old.count() + 1, one.last()));
        }
    }

    public void succeeded(String name) {
        failures.remove(name);
    }
}
