package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A clock that has run out, and that nobody has told of yet.
 *
 * @param number of the message that started it, in the record
 * @param notice the id of the message that is to be sent, always the same: so it is sent once
 * @param messageId of the message that started it
 * @param conversationId to which what must follow belongs
 * @param door by which the document came in; for SOAP it is still the envelope
 * @param document of the message that started it, or of its latest correction; empty when its key was destroyed
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
        Optional<byte[]> document) {}
