package io.chapar.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where the timestamps of checkpoints lie. */
public interface TimestampStore {

    /** A checkpoint that has no timestamp yet. */
    record Bare(long size, String note) {}

    /** The newest checkpoint, unless it has a timestamp. */
    Optional<Bare> newest();

    /** Makes the timestamp durable. */
    void keep(long size, byte[] token, Instant at);

    /** How long, by the database's clock, the oldest event waits that no checkpoint with a timestamp covers. */
    Optional<Duration> oldestWaiting();

    /** Whether this node is the one that writes the ledger. Asked before every timestamp. */
    boolean ours();
}
