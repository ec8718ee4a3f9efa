package io.chapar.sandbox.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that is wrong by as much as a file says, as a duration in ISO 8601; it looks there five times a second. */
public final class FalseClock extends Clock {

    /** What starts a gateway that has one. */
    public static final String COMMAND = "gateway-with-false-clock";

    private static final long BETWEEN_LOOKS_NANOS = 200_000_000;

    private record Seen(Duration difference, long nanos) {}

    private final Clock right;
    private final Path file;
    private volatile Seen seen;

    public FalseClock(Clock right, Path file) {
        this.right = right;
        this.file = file;
        this.seen = look();
    }

    private Seen look() {
        try {
            return new Seen(Duration.parse(Files.readString(file).strip()), System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        Seen last = seen;
        if (System.nanoTime() - last.nanos() > BETWEEN_LOOKS_NANOS) {
            last = look();
            seen = last;
        }
        return right.instant().plus(last.difference());
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new FalseClock(right.withZone(zone), file);
    }
}
