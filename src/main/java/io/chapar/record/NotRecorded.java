package io.chapar.record;

/**
 * It could not be made durable. What was to follow from it must not happen; whoever holds the message keeps it and tries
 * again. What the database will never have is {@link Unrecordable} instead.
 */
public final class NotRecorded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotRecorded(String reason, Throwable cause) {
        super(reason, cause);
    }

    public NotRecorded(String reason) {
        super(reason);
    }
}
