package io.chapar.app.command;

import io.chapar.record.DataFolder;
import io.chapar.record.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a record that came back by other means than the command {@code restore}. */
@Command(
        name = "restored",
        mixinStandardHelpOptions = true,
        description = {
            "Has the ledger say that its record was restored, and what is missing, as far as checkpoints tell: without",
            "that, a gateway does not start on a record that is older than its ledger. The command restore does it by",
            "itself; this one is for records that came back otherwise, such as by PostgreSQL's own means. No gateway",
            "may run meanwhile."
        })
final class LedgerRestoredCommand implements Callable<Integer> {

    @Option(
            names = "--lost-checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint of the ledger that was, if one was kept elsewhere.")
    private List<Path> kept = List.of();

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Mixin
    private PlacesOptions folders = new PlacesOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Output out = new Output(spec);
        try (Database database = options.open();
                DataFolder claimed = DataFolder.claim(options.data())) {
            String key = LedgerCheck.key(options.data(), Optional.empty());
            LostLedger lost = LostLedger.of(database, folders.in(options.data()).keys(), key, kept);
            lost.record(database, Clock.systemUTC().instant(), out);
            lost.putAside(out);
        }
        return 0;
    }
}
