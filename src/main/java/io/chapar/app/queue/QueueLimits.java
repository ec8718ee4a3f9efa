package io.chapar.app.queue;

import io.chapar.message.PartyCode;
import java.util.function.ToLongFunction;

/**
 * How much a delivery to a party's queue may have, in bytes, attachments included.
 *
 * @param inClear which is streamed, from the store of attachments to the broker's disk
 * @param encrypted of what becomes one JWE, which is made in memory
 */
public record QueueLimits(long inClear, long encrypted, QueueEncryption encryption)
        implements ToLongFunction<PartyCode> {

    @Override
    public long applyAsLong(PartyCode party) {
        return encryption.encrypts(party) ? Math.min(encrypted, inClear) : inClear;
    }
}
