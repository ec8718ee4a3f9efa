package io.chapar.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the ledger lies. */
public interface LedgerStore {

    /** The last checkpoint, from which the tree grows on. */
    record Head(long size, byte[] frontier) {}

    /** Entries that follow on the head, and the checkpoint after them. */
    record Batch(long first, List<byte[]> leafHashes, byte[] root, byte[] frontier, String note, Instant at) {}

    Optional<Head> head();

    /** The bytes of recorded events from this number on, without a gap. */
    List<byte[]> events(long from, int max);

    /** Makes the batch durable, all of it or nothing. */
    void append(Batch batch);

    /** Whether this node is the one that writes; of all nodes one is. Asked before every batch. */
    boolean ours();
}
