package io.chapar.record;

import io.chapar.message.Receipt;
import java.util.Optional;

/** What the record says to a message: the first of its id, the same once more, or another one under a used id. */
public sealed interface Acceptance {

    /** Recorded, durably, with everything that follows from it. */
    record New() implements Acceptance {}

    /**
     * The same content was recorded before; these are the bytes of its receipt then.
     *
     * @param xml empty when nobody has wanted it in this form so far
     */
    record Repeat(Receipt receipt, byte[] jws, Optional<byte[]> xml) implements Acceptance {}

    /** The sender used this id for another content. Nothing was recorded. */
    record Reused() implements Acceptance {}
}
