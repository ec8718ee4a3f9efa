package io.chapar.ledger;

import io.chapar.trust.NoteKey;
import java.util.Base64;
import java.util.List;

/** What the ledger commits to: its size and root, in the form of C2SP tlog-checkpoint. */
public record Checkpoint(String origin, long size, byte[] root) {

    private static final String BEFORE_SIGNATURE = "\n\n";

    /**
     * What a signed note says.
     *
     * @param verifierKey of the ledger; its name is the ledger's origin
     * @throws IllegalArgumentException when it is no checkpoint of this ledger, signed by this key
     */
    public static Checkpoint of(String note, String verifierKey) {
        int end = note.indexOf(BEFORE_SIGNATURE);
        List<String> lines = note.substring(0, Math.max(0, end)).lines().toList();
        if (lines.size() != 3) {
            throw new IllegalArgumentException("it is no checkpoint: origin, size, root, an empty line, a signature");
        }
        Checkpoint said = new Checkpoint(
                lines.get(0), Long.parseLong(lines.get(1)), Base64.getDecoder().decode(lines.get(2)));
        if (!verifierKey.startsWith(said.origin() + "+") || !NoteKey.verifies(note, said.text(), verifierKey)) {
            throw new IllegalArgumentException("the checkpoint is not signed by the key of this ledger");
        }
        return said;
    }

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }
}
