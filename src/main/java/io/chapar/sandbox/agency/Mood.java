package io.chapar.sandbox.agency;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How an agency behaves at the moment.
 *
 * @param delay before it answers anything
 */
public record Mood(Kind kind, Duration delay) {

    /** What it does with what it receives. */
    public enum Kind {
        /** Checks, remembers, acknowledges. */
        UP,
        /** Closes the connection without a word. */
        DOWN,
        /** Says 422: will not have this message. */
        REFUSE,
        /** Says so to the next delivery only, then it is well again. */
        REFUSE_ONCE,
        /** Says 422, and repeats in its answer who the message is about, where a code should stand too. */
        QUOTE,
        /** Keeps it and has its effect, but the acknowledgement gets lost. */
        SILENT,
        /** The same, and the connection breaks in the middle of the acknowledgement. */
        CUT,
        /** Acknowledges twice, where it is the agency that calls: from its mailbox and into its queue. */
        TWICE,
        /** Acknowledges, and adds to its acknowledgement a note of who the message is about. */
        NOTE,
        /** Acknowledges with a digest of something else. */
        WRONG_DIGEST,
        /** Acknowledges with the right digest and a signature over something else. */
        BAD_SIGNATURE,
        /** Says 500. */
        ERROR;

        /** As it is written in commands, such as {@code wrong-digest}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Kind> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    public static final Mood WELL = new Mood(Kind.UP, Duration.ZERO);

    @Override
    public String toString() {
        return delay.isZero() ? kind.word() : kind.word() + ", answers after " + delay.toMillis() + " ms";
    }
}
