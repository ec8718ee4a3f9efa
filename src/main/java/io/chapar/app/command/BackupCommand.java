package io.chapar.app.command;

import io.chapar.app.backup.Backup;
import io.chapar.app.backup.Places;
import io.chapar.record.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies record, attachments and batches; the keys to another place. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies record, attachments and batches of a gateway that runs, or of one that does not. They fit together;",
            "what is accepted meanwhile is not in them. The keys go to another folder, which is kept at another place:",
            "whoever has both can read everything, and a key that is destroyed must be destroyed there, too.",
            "A PostgreSQL is dumped by the command after --, into the same folder, at the right moment.",
            "Prints the newest checkpoint of the ledger: keep it where nobody can lose it together with the record."
        })
final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the copy goes; empty, or not there yet.")
    private Path to = Path.of("backup");

    @Option(
            names = "--keys-to",
            paramLabel = "FOLDER",
            description = "Where a copy of the keys goes; without it they are not copied.")
    private @Nullable Path keysTo;

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Mixin
    private PlacesOptions folders = new PlacesOptions();

    @Parameters(
            paramLabel = "COMMAND",
            description = "After --: what dumps the PostgreSQL, such as pg_dump -Fc -f FOLDER/chapar.dump ….")
    private List<String> dump = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        if (keysTo != null
                && keysTo.toAbsolutePath()
                        .normalize()
                        .startsWith(to.toAbsolutePath().normalize())) {
            throw new IOException("--keys-to is inside of --to: keys lie in no backup of the data");
        }
        Places places = folders.in(options.data());
        Backup.Made made;
        try (Database database = options.open()) {
            if (spec != null && database.sqlite() != dump.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "a PostgreSQL is dumped by a command after --, SQLite by none");
            }
            made = Backup.make(database, places, to, dump.isEmpty() ? Optional.empty() : Optional.of(this::dump));
        }
        if (keysTo != null) {
            Backup.keys(places, keysTo);
        }
        print(made);
        return 0;
    }

    private void dump() throws IOException, InterruptedException {
        int code = new ProcessBuilder(dump).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(dump.get(0) + " ended with " + code + "; this backup is not complete");
        }
    }

    private void print(Backup.Made made) {
        Output out = new Output(spec);
        out.line("Copied to %s:", to.toAbsolutePath().normalize());
        out.line("  events       %,12d", made.ledger().events());
        out.line("  attachments  %,12d", made.attachments());
        if (!made.missing().isEmpty()) {
            out.line(
                    "%d attachments that the record names are not in their folder: lost, or swept meanwhile:",
                    made.missing().size());
            made.missing().forEach(name -> out.line("  %s", name));
        }
        out.line(keysTo == null ? "The keys were not copied." : "The keys were copied to " + keysTo + ".");
        made.ledger().checkpoint().ifPresent(note -> {
            out.line("The newest checkpoint:");
            out.line("");
            out.line("%s", note);
        });
    }
}
