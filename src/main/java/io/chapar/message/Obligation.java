package io.chapar.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must follow a message, and by when: its acceptance starts a clock.
 *
 * @param term from when the clock runs, and for how long
 * @param awaits whatever of these comes first stops it
 * @param emits what the gateway sends when nothing came; without it, that it ran out is only recorded
 */
public record Obligation(Agreement.Term term, List<Awaited> awaits, Optional<Emitted> emits) {
    public Obligation {
        awaits = List.copyOf(awaits);
    }

    /**
     * A message that stops the clock: one of the same conversation; or, with {@code number}, of the person to whom that
     * number was assigned in the conversation; or, with {@code matches}, one that says the same at these places.
     *
     * @param when the condition under which it counts
     * @param number where it names the identification number
     * @param matches pointers into the message that starts the clock, each with the pointer into the awaited one
     */
    public record Awaited(
            String exchange,
            Optional<Agreement.Condition> when,
            Optional<String> number,
            Map<String, String> matches) {}

    /**
     * @param fields pointers into what is sent, each with a pointer into the message that started the clock, or with
     *     {@code messageId} (of that message) or {@code lastDay} (of the term)
     */
    public record Emitted(ExchangeVersion exchange, Map<String, String> fields) {
        public static final String MESSAGE_ID = "messageId";
        public static final String LAST_DAY = "lastDay";
    }
}
