package io.chapar.app.command;

import io.chapar.record.Database;
import io.chapar.record.LedgerRows;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What whoever wants to hold the ledger to its word takes away. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the newest signed checkpoint, as a C2SP signed note: how many entries the ledger has, and the root of",
            "its tree. Keep it elsewhere, as an auditor does: ledger verify --since-checkpoint holds the ledger against it",
            "at any later time."
        })
final class LedgerCheckpointCommand implements Callable<Integer> {

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Database database = options.open()) {
            String note = new LedgerRows(database)
                    .newestNote()
                    .orElseThrow(() -> new IOException("the ledger has no checkpoint yet"));
            new Output(spec).line("%s", note.stripTrailing());
        }
        return 0;
    }
}
