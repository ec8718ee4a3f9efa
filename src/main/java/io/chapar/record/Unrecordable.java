package io.chapar.record;

/**
 * The database is there and will not have this one: a defect of ours, in what was to be recorded. Trying again brings the
 * same, so nothing else may wait for it. Nothing of it was recorded.
 */
public final class Unrecordable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unrecordable(Throwable cause) {
        super("the database refused what was to be recorded", cause);
    }
}
