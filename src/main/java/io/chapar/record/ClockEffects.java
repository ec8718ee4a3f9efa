package io.chapar.record;

import io.chapar.message.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a message does to the clocks of what must follow. By what a clock is stopped is a mark: a keyed hash, so that the
 * record holds no number of a person in clear.
 *
 * @param start the clock that the message starts
 * @param answers what the message answers, of what others await
 * @param numbers what it assigns to its conversation
 * @param notice whether it is the message that a clock sends when it runs out
 */
public record ClockEffects(Optional<Start> start, List<Answer> answers, List<AssignedNumber> numbers, boolean notice) {

    public static final ClockEffects NONE = new ClockEffects(Optional.empty(), List.of(), List.of(), false);

    /** The message that a clock itself sends, and which takes the clock's running out for itself. */
    public static final ClockEffects NOTICE = new ClockEffects(Optional.empty(), List.of(), List.of(), true);

    /**
     * @param since what came before this does not stop the clock
     * @param marks whatever bears one of them stops it
     */
    public record Start(Instant since, Instant due, List<Digest> marks) {
        public Start {
            marks = List.copyOf(marks);
        }
    }

    /** @param exchange whose clocks it stops */
    public record Answer(String exchange, Digest mark) {}

    /** @param standsFor the mark of the conversation in which the number was assigned */
    public record AssignedNumber(Digest mark, Digest standsFor) {}

    public ClockEffects {
        answers = List.copyOf(answers);
        numbers = List.copyOf(numbers);
    }

    boolean none() {
        return start.isEmpty() && answers.isEmpty() && numbers.isEmpty();
    }
}
