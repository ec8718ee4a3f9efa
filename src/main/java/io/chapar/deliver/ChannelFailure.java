package io.chapar.deliver;

import java.time.Duration;
import java.util.Optional;

/**
 * The way to a receiver does not work. It says nothing about the message, which stays in hand until the way works again.
 */
public final class ChannelFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    /** @param reason for administrators: never content */
    public ChannelFailure(String reason) {
        this(reason, Optional.empty());
    }

    public ChannelFailure(String reason, Optional<Duration> retryAfter) {
        super(reason, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** The wait that the receiver itself asked for. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
