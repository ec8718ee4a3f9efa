package io.chapar.trust;

/** A timestamp that proves nothing, or none at all. The message says what is wrong with it. */
public final class TimestampRefused extends Exception {

    private static final long serialVersionUID = 1L;

    TimestampRefused(String reason) {
        super(reason);
    }

    TimestampRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
