package io.chapar.app.command;

import io.chapar.ledger.Checkpoint;
import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.Prefix;
import io.chapar.record.Database;
import io.chapar.record.LedgerRows;
import io.chapar.record.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of a ledger whose record was restored from a backup, by the checkpoints that are left of it. */
final class LostLedger {

    private final CheckpointFile beside;
    private final Optional<Checkpoint> lost;

    private LostLedger(CheckpointFile beside, Optional<Checkpoint> lost) {
        this.beside = beside;
        this.lost = lost;
    }

    /**
     * @param keys the folder of the ledger's key, in which its newest checkpoint may be
     * @param kept files with checkpoints that were kept elsewhere
     */
    static LostLedger of(Database database, Path keys, String verifierKey, List<Path> kept) throws IOException {
        CheckpointFile beside = new CheckpointFile(keys);
        Stream.Builder<Checkpoint> known = Stream.builder();
        beside.read(verifierKey).ifPresent(known);
        for (Path file : kept) {
            known.add(CheckpointFile.read(file, verifierKey));
        }
        LedgerRows ledger = new LedgerRows(database);
        return new LostLedger(
                beside,
                known.build()
                        .filter(checkpoint -> !Prefix.holds(ledger, checkpoint))
                        .max(Comparator.comparing(Checkpoint::size)));
    }

    /** Has the ledger say it, and says it. */
    void record(Database database, Instant at, Output out) throws IOException {
        Restoration told = Restoration.record(database, lost, at);
        out.line("Entry %d of the ledger says that it was restored.", told.entry());
        if (lost.isEmpty()) {
            out.line("No checkpoint that is known says that anything is missing. Hold those against it that were kept"
                    + " elsewhere: deploy/chapar ledger verify --since-checkpoint FILE");
        } else {
            out.line(
                    "%,d entries are missing, from entry %d on: the ledger had %,d.",
                    lost.get().size() - told.entry(), told.entry(), lost.get().size());
        }
    }

    /** The checkpoint that holds no more is kept under another name, and keeps no gateway from starting. */
    void putAside(Output out) throws IOException {
        if (lost.isPresent() && Files.exists(beside.path())) {
            Path aside = beside.path()
                    .resolveSibling(CheckpointFile.NAME + "-" + lost.get().size());
            Files.move(beside.path(), aside, StandardCopyOption.REPLACE_EXISTING);
            out.line("The checkpoint of the lost ledger is kept in %s", aside);
        }
    }
}
