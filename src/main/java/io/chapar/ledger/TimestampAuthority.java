package io.chapar.ledger;

import java.io.IOException;

/** Whoever gives timestamps. */
@FunctionalInterface
public interface TimestampAuthority {

    /**
     * Sends a request of RFC 3161 and returns the answer as it came; nothing about it is believed yet.
     *
     * @throws IOException when no complete answer came in time
     */
    byte[] ask(byte[] request) throws IOException, InterruptedException;
}
