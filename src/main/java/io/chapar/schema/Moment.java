package io.chapar.schema;

/**
 * A moment with its zone, as it was written: {@code 10:00:00.100Z} and {@code 10:00:00.1+00:00} are the same time, but a
 * receiver gets the one that the sender signed.
 *
 * @param written a moment that exists, in the form of {@link Lexical}
 */
public record Moment(String written) {

    /** @throws java.time.DateTimeException when there is no such moment, or it is written otherwise */
    public Moment {
        Lexical.dateTime(written);
    }

    static Moment of(String text) {
        return new Moment(text.trim());
    }

    @Override
    public String toString() {
        return written;
    }
}
