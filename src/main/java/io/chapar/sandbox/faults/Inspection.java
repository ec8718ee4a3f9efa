package io.chapar.sandbox.faults;

import io.chapar.sandbox.play.Books;
import java.io.IOException;

/** The gateway's record and ledger, looked at from beside it, as an auditor with the disk in hand would. */
public interface Inspection {

    /**
     * What the record holds.
     *
     * @param messages that were accepted
     * @param balance what became of their deliveries
     */
    record Page(long messages, Books.Balance balance) {}

    /**
     * The ledger, computed anew.
     *
     * @param pending events that are not in it yet
     * @param fault the first entry that does not fit, in words; empty when everything does
     */
    record Entries(long entries, long pending, String fault) {}

    Page page() throws IOException;

    Entries ledger() throws IOException;

    /** What is parked waits again, as if an administrator had looked at it; only while the gateway is not there. */
    int sendParkedAgain() throws IOException;
}
