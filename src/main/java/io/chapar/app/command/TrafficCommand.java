package io.chapar.app.command;

import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.faults.Report;
import io.chapar.sandbox.faults.World;
import io.chapar.sandbox.group.GroupRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What agencies notice while something is done to gateways that share a database. */
@Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays all agencies and sends at a steady rate to several gateways that run already, each message to the next",
            "one in turn, and to another one when there is no receipt. Meanwhile runs the steps, one after the other. A",
            "step is over when every gateway gives receipts again and what was sent until then has arrived. deploy/nodes/try",
            "starts such gateways, and has this command watch.",
            "Prints a table, equation and ledger; keeps report.txt and facts.json.",
            "Exit code 0: everything arrived once, and no pause was longer than --longest; 1: not, and what is wrong is",
            "printed; 2: it could not be tried."
        })
final class TrafficCommand implements Callable<Integer> {

    private static final int MILLIS_A_SECOND = 1_000;

    @Option(
            names = "--node",
            required = true,
            paramLabel = "URL",
            description = "Where agencies reach a gateway; several.")
    private List<URI> nodes = List.of();

    @Option(
            names = "--agencies-port",
            paramLabel = "PORT",
            defaultValue = "9443",
            description = "The gateways' chapar.sandbox.port (${DEFAULT-VALUE}).")
    private int agenciesPort = 9_443;

    @Option(names = "--rate", defaultValue = "20", description = "Messages a second (${DEFAULT-VALUE}).")
    private double rate = 20;

    @Option(
            names = "--rest",
            defaultValue = "10",
            description = "Seconds before the first step and after each (${DEFAULT-VALUE}).")
    private double rest = 10;

    @Option(
            names = "--longest",
            defaultValue = "30",
            description = "Seconds that senders or receivers may go without anything (${DEFAULT-VALUE}).")
    private double longest = 30;

    @Option(
            names = "--step",
            paramLabel = "NAME=COMMAND",
            description = "What is done, by the shell; several, in their order.")
    private Map<String, String> steps = new LinkedHashMap<>();

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Mixin
    private DevelopmentCertificates certificates = new DevelopmentCertificates();

    @Option(
            names = "--work",
            paramLabel = "FOLDER",
            defaultValue = "target/traffic",
            description = "A folder for each run is made in it (${DEFAULT-VALUE}).")
    private Path work = Path.of("target/traffic");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        if (rate <= 0 || rest < 0 || longest <= 0) {
            throw new ParameterException(spec.commandLine(), "a number is out of its range; see --help");
        }
        Path keys = certificates.made(files.routes());
        Files.createDirectories(work);
        Report report = new Report(
                Files.createTempDirectory(work, "run-").toAbsolutePath(),
                spec.commandLine().getOut());
        PartyDirectory parties = files.parties();
        GroupRun.Plan plan = new GroupRun.Plan(nodes, agenciesPort, rate, seconds(rest), seconds(longest), steps);
        try {
            return new GroupRun(
                                    plan,
                                    new World(files.catalogue(parties).all(), parties.all()),
                                    keys,
                                    options.inspection(),
                                    Clock.systemUTC(),
                                    report)
                            .run()
                    ? 0
                    : 1;
        } finally {
            report.write();
        }
    }

    private static Duration seconds(double number) {
        return Duration.ofMillis(Math.round(number * MILLIS_A_SECOND));
    }
}
