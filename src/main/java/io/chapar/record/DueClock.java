package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A clock that has run out, and that nobody has told of yet.
 *
 * @param number of the message that started it, in the record
 * @param notice the id of the message that is to be sent, always the same: so it is sent once
 * @param messageId of the message that started it
 * @param conversationId to which what must follow belongs
 * @param door by which the document came in; for SOAP it is still the envelope
 * @param content opens the document of the message that started it, or of its latest correction; what cannot be opened
 *     fails here, and is no reason not to look at other clocks
 */
public record DueClock(
        long number,
        UUID notice,
        Instant due,
        ExchangeVersion exchange,
        PartyCode sender,
        UUID messageId,
        UUID conversationId,
        Passage.Door door,
        Format format,
        Supplier<Optional<byte[]>> content) {

    /** Empty when its key was destroyed: what must follow is still told, what was said is not known any more. */
    public Optional<byte[]> document() {
        return content.get();
    }
}
