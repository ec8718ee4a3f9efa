package io.chapar.ledger;

import java.time.Instant;
import java.util.List;

/** Where the ledger lies. */
public interface LedgerStore extends LedgerSource {

    /** Entries that follow on the head, and the checkpoint after them. */
    record Batch(long first, List<byte[]> leafHashes, byte[] root, byte[] frontier, String note, Instant at) {}

    /** Makes the batch durable, all of it or nothing. */
    void append(Batch batch);

    /** Whether this node is the one that writes; of all nodes one is. Asked before every batch. */
    boolean ours();
}
