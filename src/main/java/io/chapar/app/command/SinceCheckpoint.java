package io.chapar.app.command;

import io.chapar.ledger.Checkpoint;
import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.Prefix;
import io.chapar.record.Database;
import io.chapar.record.LedgerRows;
import io.chapar.record.Restoration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds a ledger, which verifies by itself, against checkpoints that were kept elsewhere. */
final class SinceCheckpoint {

    private final LedgerRows ledger;
    private final List<Restoration> restorations;
    private final Output out;
    private long same;

    /** @param restorations that the ledger tells of, in its order */
    SinceCheckpoint(Database database, List<Restoration> restorations, Output out) {
        this.ledger = new LedgerRows(database);
        this.restorations = restorations;
        this.out = out;
    }

    /** The smallest first: one that holds says up to where nothing can be missing from a larger one. */
    boolean hold(List<Path> files, String verifierKey) throws IOException {
        Map<Long, Checkpoint> checkpoints = new TreeMap<>();
        for (Path file : files) {
            Checkpoint checkpoint = CheckpointFile.read(file, verifierKey);
            checkpoints.put(checkpoint.size(), checkpoint);
        }
        boolean all = true;
        for (Checkpoint checkpoint : checkpoints.values()) {
            all &= holds(checkpoint);
        }
        return all;
    }

    private boolean holds(Checkpoint checkpoint) {
        long size = checkpoint.size();
        if (Prefix.holds(ledger, checkpoint)) {
            same = size;
            out.line("The ledger goes on from the checkpoint of %,d entries: all of them are there, unchanged.", size);
            return true;
        }
        long there = ledger.recorded();
        Optional<Restoration> restored =
                restorations.stream().filter(each -> each.entry() < size).findFirst();
        out.line("The ledger does not go on from the checkpoint of %,d entries.", size);
        if (restored.isPresent()) {
            long from = restored.get().entry();
            out.line("  missing                 %,12d", size - from);
            out.line("  first that is missing   %,12d", from);
            out.line(
                    "The ledger says in its entry %d that it was restored, at %s.",
                    from, restored.get().at());
        } else if (there < size) {
            out.line("  missing, at least       %,12d", size - there);
            out.line("  first that is missing   %,12d", there);
        } else {
            out.line("Its entries are others, and it does not say why: it was altered.");
        }
        out.line(
                "Proven to be the same are %,d entries, from the first on; a further checkpoint may prove more.", same);
        return false;
    }
}
