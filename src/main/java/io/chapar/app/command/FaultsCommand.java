package io.chapar.app.command;

import ch.qos.logback.classic.Level;
import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.faults.Fault;
import io.chapar.sandbox.faults.FaultRun;
import io.chapar.sandbox.faults.World;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks what can be broken, and holds the promises against what came of it. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends messages over REST (JSON, XML), SOAP and queues to receivers on all channels, through a gateway that it",
            "starts on data of its own, and breaks things meanwhile, in an order that the seed decides: each fault once,",
            "then each once again, and so on. At the end everything is mended, and three books are compared: what senders",
            "hold receipts for, what receivers hold, and what record and ledger say.",
            "Prints how it goes every 10 s, and the table at the end; keeps report.txt, facts.json, gateway.log and data.",
            "Exit code 0: every promise was kept; 1: not, and what is wrong is printed; 2: it could not be tried."
        })
public final class FaultsCommand implements Callable<Integer> {

    private static final int SECONDS_A_MINUTE = 60;

    @Option(names = "--seed", description = "Of an earlier run, to repeat it (any).")
    private @Nullable Long seed;

    @Option(names = "--minutes", defaultValue = "5", description = "How long (${DEFAULT-VALUE}).")
    private double minutes = 5;

    @Option(names = "--rounds", defaultValue = "0", description = "Instead: until each fault came so often.")
    private int rounds;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Only these, joined by commas; else all of the list below.")
    private List<String> only = List.of();

    @Option(names = "--rate", defaultValue = "60", description = "Messages a second (${DEFAULT-VALUE}).")
    private double rate = 60;

    @Option(names = "--senders", defaultValue = "12", description = "How many send at once (${DEFAULT-VALUE}).")
    private int senders = 12;

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Option(
            names = "--certificates",
            paramLabel = "FOLDER",
            defaultValue = "certs-dev",
            description = "Development certificates; made when missing (${DEFAULT-VALUE}).")
    private Path certificates = Path.of("certs-dev");

    @Option(
            names = "--work",
            paramLabel = "FOLDER",
            defaultValue = "target/faults",
            description = "A folder for each run is made in it (${DEFAULT-VALUE}).")
    private Path work = Path.of("target/faults");

    private @Nullable CommandSpec spec;

    /** The list of faults stands in one place. */
    @Spec
    void setSpec(CommandSpec given) {
        spec = given;
        List<String> footer = new ArrayList<>(List.of("", "Faults:"));
        Fault.anywhere()
                .forEach(fault -> footer.add(String.format(Locale.ROOT, "  %-14s %s", fault.word(), fault.text())));
        given.usageMessage().footer(footer.toArray(String[]::new));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        if (minutes <= 0 || rounds < 0 || rate <= 0 || senders < 1) {
            throw new ParameterException(spec.commandLine(), "a number is out of its range; see --help");
        }
        FaultRun.Plan plan = new FaultRun.Plan(
                seed == null ? new Random().nextInt(1_000_000) : seed,
                Duration.ofSeconds(Math.round(minutes * SECONDS_A_MINUTE)),
                rounds,
                faults(spec),
                rate,
                senders);
        // That connections break is what is wanted here; nobody needs a line for each.
        if (LoggerFactory.getLogger("org.apache.qpid.jms") instanceof ch.qos.logback.classic.Logger connections) {
            connections.setLevel(Level.OFF);
        }
        DevelopmentPki.make(certificates);
        Files.createDirectories(work);
        Path folder =
                Files.createTempDirectory(work, "seed-" + plan.seed() + "-").toAbsolutePath();
        PartyDirectory parties = files.parties();
        return new FaultRun(
                                plan,
                                new World(files.catalogue(parties).all(), parties.all()),
                                new FaultRun.Folders(files.schemas(), certificates, folder),
                                new FaultRun.Ground(
                                        settings(), data -> new RecordInspection("", data), Optional.empty()),
                                Clock.systemUTC(),
                                spec.commandLine().getOut())
                        .run()
                ? 0
                : 1;
    }

    private List<String> settings() {
        return List.of("--chapar.routes=" + files.routes(), "--chapar.schemas=" + files.schemas());
    }

    private Set<Fault> faults(CommandSpec command) {
        if (only.isEmpty()) {
            return Fault.anywhere();
        }
        List<Fault> chosen = new ArrayList<>();
        for (String word : only) {
            chosen.add(Fault.ofWord(word)
                    .filter(Fault.anywhere()::contains)
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(), word + " is no fault that this can produce; see --help")));
        }
        return EnumSet.copyOf(chosen);
    }
}
