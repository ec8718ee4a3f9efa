package io.chapar.ledger;

import java.util.List;
import java.util.Optional;

/** Reads the ledger where it lies. */
public interface LedgerSource {

    /** A checkpoint, from which the tree can grow on. */
    record Head(long size, byte[] frontier) {}

    /** The newest checkpoint of at most so many entries. */
    Optional<Head> head(long most);

    /** The bytes of recorded events from this number on, without a gap. */
    List<byte[]> events(long from, int max);
}
