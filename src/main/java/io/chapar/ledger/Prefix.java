package io.chapar.ledger;

import java.util.Arrays;
import java.util.List;

/** Whether a ledger begins with what a checkpoint commits to (RFC 9162, section 2.1.4), computed from its entries. */
public final class Prefix {

    private static final int FETCHED = 2_000;

    private Prefix() {}

    /**
     * Begins at the newest checkpoint of the ledger that is not larger, so it reads little; that one is believed.
     *
     * @return false when there are less events, or others
     */
    public static boolean holds(LedgerSource ledger, Checkpoint checkpoint) {
        Frontier tree = ledger.head(checkpoint.size())
                .map(head -> Frontier.of(head.size(), head.frontier()))
                .orElseGet(Frontier::empty);
        while (tree.size() < checkpoint.size()) {
            List<byte[]> more = ledger.events(tree.size(), (int) Math.min(FETCHED, checkpoint.size() - tree.size()));
            if (more.isEmpty()) {
                return false;
            }
            more.forEach(event -> tree.append(Merkle.leaf(event)));
        }
        return Arrays.equals(tree.root(), checkpoint.root());
    }
}
