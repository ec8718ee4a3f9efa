package io.chapar.app.command;

import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.faults.World;
import io.chapar.sandbox.load.Findings;
import io.chapar.sandbox.load.LoadRun;
import io.chapar.sandbox.load.Plan;
import io.chapar.trust.Malformed;
import java.io.IOException;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts load on a gateway, and holds one promise against what came of it. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a gateway on data of its own, plays all agencies from this process, puts one kind of load on it, and",
            "says whether the promise about it was kept. Prints figures; keeps report.txt, facts.json, gateway.log and data.",
            "Exit code 0: it was kept; 1: not, and what is wrong is printed; 2: it could not be tried, or not be told."
        })
public final class LoadCommand implements Callable<Integer> {

    private static final int MILLIS_A_SECOND = 1_000;
    private static final int SECONDS_A_MINUTE = 60;

    @Parameters(index = "0", paramLabel = "TRIAL", description = "One of the list below.")
    private String trial = "";

    @Option(
            names = "--rate",
            defaultValue = "60",
            description = "isolation, flood, soak: messages a second (${DEFAULT-VALUE}).")
    private double rate = 60;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "isolation, pressure, flood, backlog: how long each run is, at most 200 (${DEFAULT-VALUE}).")
    private double seconds = 30;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "isolation, pressure, flood, soak, backlog: seconds before it counts (${DEFAULT-VALUE}).")
    private double warmUp = 30;

    @Option(
            names = "--rounds",
            defaultValue = "6",
            description = "isolation: how often both runs are made, at most 16 (${DEFAULT-VALUE}).")
    private int rounds = 6;

    @Option(
            names = "--messages",
            defaultValue = "20000",
            description = "backlog, batch: how many pile up, or are in the upload (${DEFAULT-VALUE}).")
    private int messages = 20_000;

    @Option(
            names = "--senders",
            defaultValue = "1000",
            description = "crowd, flood: how many at once (${DEFAULT-VALUE}).")
    private int senders = 1_000;

    @Option(names = "--minutes", defaultValue = "10", description = "soak: how long (${DEFAULT-VALUE}).")
    private double minutes = 10;

    @Option(
            names = "--jvm",
            defaultValue = "-Xmx768m",
            description = "An option for the gateway's Java (${DEFAULT-VALUE}).")
    private List<String> jvm = List.of("-Xmx768m");

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Mixin
    private DevelopmentCertificates certificates = new DevelopmentCertificates();

    @Option(
            names = "--work",
            paramLabel = "FOLDER",
            defaultValue = "target/load",
            description = "A folder for each run is made in it (${DEFAULT-VALUE}).")
    private Path work = Path.of("target/load");

    private @Nullable CommandSpec spec;

    /** The list of trials stands in one place. */
    @Spec
    void setSpec(CommandSpec given) {
        spec = given;
        Map<String, String> texts = new LinkedHashMap<>();
        for (LoadRun.Which which : LoadRun.Which.values()) {
            texts.put(which.word(), which.text());
        }
        Commands.list(given, "Trials:", texts);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        LoadRun.Which which = which(spec);
        Plan plan = plan(spec, which);
        Path keys = certificates.made(DevelopmentCertificates.ROUTES);
        Files.createDirectories(work);
        Path folder = Files.createTempDirectory(work, which.word() + "-").toAbsolutePath();
        PartyDirectory parties = files.parties();
        Findings.Verdict verdict = new LoadRun(
                        which,
                        plan,
                        new LoadRun.Folders(keys, folder),
                        Clock.systemUTC(),
                        spec.commandLine().getOut())
                .run(
                        new World(files.catalogue(parties).all(), parties.all()),
                        jvm,
                        List.of("--chapar.routes=" + files.routes(), "--chapar.schemas=" + files.schemas()),
                        data -> new RecordInspection("", data));
        return switch (verdict) {
            case KEPT -> 0;
            case BROKEN -> 1;
            case UNCLEAR -> 2;
        };
    }

    private LoadRun.Which which(CommandSpec command) {
        return LoadRun.Which.ofWord(trial)
                .orElseThrow(() -> new ParameterException(command.commandLine(), trial + " is no trial; see --help"));
    }

    private Plan plan(CommandSpec command, LoadRun.Which which) {
        double time = which == LoadRun.Which.SOAK ? minutes * SECONDS_A_MINUTE : seconds;
        // Messages are signed before a run, and older than a few minutes the gateway does not take them.
        if (seconds > 200 || warmUp > 200) {
            throw new ParameterException(command.commandLine(), "at most 200 seconds; see --help");
        }
        try {
            return new Plan(rate, duration(time), duration(warmUp), rounds, messages, senders);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration duration(double ofSeconds) {
        return Duration.ofMillis(Math.round(ofSeconds * MILLIS_A_SECOND));
    }
}
