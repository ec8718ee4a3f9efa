package io.chapar.ledger;

import java.util.Base64;

/** What the ledger commits to: its size and root, in the form of C2SP tlog-checkpoint. */
public record Checkpoint(String origin, long size, byte[] root) {

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }
}
