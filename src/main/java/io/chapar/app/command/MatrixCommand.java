package io.chapar.app.command;

import io.chapar.message.Agreement;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.matrix.Matrix;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries everything over every channel. */
@Command(
        name = "matrix",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends every sample of every exchange, in both formats, over every inbound channel, to receivers on every",
            "outbound channel, and prints the matrix exchange x format x channel.",
            "Starts gateways of its own, on fresh data and free ports, one for each outbound channel, and plays all",
            "agencies. A number in a cell means that what was sent was accepted with a receipt that verifies, delivered,",
            "and acknowledged with the right digest; for queries, that the answer verifies. An exchange that ships",
            "disabled is tried with a copy of its agreement. Takes a few minutes.",
            "Exit code 0: no cell is empty; 1: some are, and the reasons are printed; 2: it could not be tried."
        })
public final class MatrixCommand implements Callable<Integer> {

    @Option(
            names = "--exchanges",
            split = ",",
            paramLabel = "EXCHANGE",
            description = "Only these, joined by commas; else all.")
    private Set<String> only = Set.of();

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Mixin
    private DevelopmentCertificates certificates = new DevelopmentCertificates();

    @Option(
            names = "--work",
            paramLabel = "FOLDER",
            defaultValue = "target/matrix",
            description = "For the gateways' data and logs (${DEFAULT-VALUE}).")
    private Path work = Path.of("target/matrix");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        PartyDirectory parties = files.parties();
        List<Agreement> agreements = files.catalogue(parties).all().stream()
                .filter(each -> only.isEmpty() || only.contains(each.exchange().exchange()))
                .toList();
        if (agreements.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no exchange of this name; see docs/exchanges.md");
        }
        Path keys = certificates.made(files.routes());
        List<Agencies.Seat> seats = parties.all().stream()
                .filter(party -> !party.code().equals(PartyCode.CHAPAR))
                .map(Agencies.Seat::of)
                .toList();
        Matrix.Folders folders = new Matrix.Folders(
                files.routes().toAbsolutePath(), files.schemas().toAbsolutePath(), keys, work);
        boolean full = new Matrix(
                        agreements,
                        seats,
                        folders,
                        Clock.systemUTC(),
                        spec.commandLine().getOut())
                .run();
        return full ? 0 : 1;
    }
}
