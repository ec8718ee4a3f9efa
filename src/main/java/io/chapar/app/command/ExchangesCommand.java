package io.chapar.app.command;

import io.chapar.message.PartyDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the catalogue as a page for people, to the screen or into a file such as {@code docs/exchanges.md}. */
@Command(
        name = "exchanges",
        mixinStandardHelpOptions = true,
        description = "Prints who exchanges what, on which basis and by when, or writes it to a file.")
public final class ExchangesCommand implements Callable<Integer> {

    @Option(names = "--write", paramLabel = "FILE", description = "Where to write it, instead of the screen.")
    private @Nullable Path file;

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PartyDirectory parties = files.parties();
        String page = ExchangesPage.of(files.catalogue(parties), parties, files.schemas());
        if (file != null) {
            Files.writeString(file, page);
        } else if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(page);
            out.flush();
        }
        return 0;
    }
}
