package io.chapar.app.command;

import ch.qos.logback.classic.Level;
import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.faults.DatabaseServer;
import io.chapar.sandbox.faults.Fault;
import io.chapar.sandbox.faults.FaultRun;
import io.chapar.sandbox.faults.InstalledPostgres;
import io.chapar.sandbox.faults.Plan;
import io.chapar.sandbox.faults.SmallDisk;
import io.chapar.sandbox.faults.World;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int USUAL_MINUTES = 5;
    private static final String INSIDE = "inside";
    private static final String BESIDE = "beside";

    @Option(names = "--seed", description = "Of an earlier run, to repeat it (any).")
    private @Nullable Long seed;

    @Option(names = "--minutes", description = "How long at least (5; with --each: 0).")
    private @Nullable Double minutes;

    @Option(
            names = "--each",
            paramLabel = "N",
            defaultValue = "0",
            description = "Goes on until each fault came so often, however long that takes.")
    private int each;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Only these, joined by commas; else all of the list below that can be produced here.")
    private List<String> only = List.of();

    @Option(
            names = "--broker",
            paramLabel = "WHERE",
            defaultValue = "inside",
            description = "inside: the gateway's own; beside: a process of its own, which is killed, too (inside).")
    private String broker = INSIDE;

    @Option(
            names = "--database",
            paramLabel = "WHERE",
            defaultValue = "inside",
            description =
                    "inside: SQLite; beside: a PostgreSQL that is killed, too, from initdb and pg_ctl on the PATH (inside).")
    private String database = INSIDE;

    @Option(names = "--rate", defaultValue = "60", description = "Messages a second (${DEFAULT-VALUE}).")
    private double rate = 60;

    @Option(names = "--senders", defaultValue = "12", description = "How many send at once (${DEFAULT-VALUE}).")
    private int senders = 12;

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Mixin
    private DevelopmentCertificates certificates = new DevelopmentCertificates();

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
        Map<String, String> texts = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            texts.put(fault.word(), fault.text());
        }
        Commands.list(given, "Faults:", texts);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        double least = minutes == null ? (each > 0 ? 0 : USUAL_MINUTES) : minutes;
        if (least < 0 || each < 0 || least + each <= 0 || rate <= 0 || senders < 1) {
            throw new ParameterException(spec.commandLine(), "a number is out of its range; see --help");
        }
        if (!Set.of(INSIDE, BESIDE).containsAll(List.of(broker, database))) {
            throw new ParameterException(spec.commandLine(), "--broker and --database are inside or beside");
        }
        Plan plan = new Plan(
                seed == null ? new Random().nextInt(1_000_000) : seed,
                Duration.ofSeconds(Math.round(least * SECONDS_A_MINUTE)),
                each,
                faults(spec),
                Fault.STOP,
                rate,
                senders);
        // That connections break is what is wanted here; nobody needs a line for each.
        if (LoggerFactory.getLogger("org.apache.qpid.jms") instanceof ch.qos.logback.classic.Logger connections) {
            connections.setLevel(Level.OFF);
        }
        Path keys = certificates.made(DevelopmentCertificates.ROUTES);
        Files.createDirectories(work);
        Path folder =
                Files.createTempDirectory(work, "seed-" + plan.seed() + "-").toAbsolutePath();
        // Beside the run's folder, which nobody else may enter.
        Path beside = folder.resolveSibling(folder.getFileName() + "-disk");
        Optional<SmallDisk> disk = plan.faults().contains(Fault.DISK_FULL)
                ? SmallDisk.ifPossible(folder.resolve("disk.img"), beside)
                : Optional.empty();
        try {
            if (database.equals(INSIDE)) {
                return code(kept(spec, plan, keys, folder, disk, "", Optional.empty()));
            }
            try (InstalledPostgres server = InstalledPostgres.in(beside.resolve("database"))) {
                return code(kept(spec, plan, keys, folder, disk, server.url(), Optional.of(server)));
            }
        } finally {
            disk.ifPresent(SmallDisk::close);
        }
    }

    private static int code(boolean kept) {
        return kept ? 0 : 1;
    }

    private boolean kept(
            CommandSpec command,
            Plan plan,
            Path keys,
            Path folder,
            Optional<SmallDisk> disk,
            String url,
            Optional<DatabaseServer> server)
            throws IOException, InterruptedException, Malformed {
        PartyDirectory parties = files.parties();
        List<String> settings = List.of(
                "--chapar.routes=" + files.routes(),
                "--chapar.schemas=" + files.schemas(),
                "--chapar.database.url=" + url);
        return new FaultRun(
                        plan,
                        new World(files.catalogue(parties).all(), parties.all()),
                        new FaultRun.Folders(files.schemas(), keys, folder),
                        new FaultRun.Ground(
                                settings, data -> new RecordInspection(url, data), server, broker.equals(BESIDE), disk),
                        Clock.systemUTC(),
                        command.commandLine().getOut())
                .run();
    }

    private Set<Fault> faults(CommandSpec command) {
        if (only.isEmpty()) {
            return EnumSet.allOf(Fault.class);
        }
        List<Fault> chosen = new ArrayList<>();
        for (String word : only) {
            chosen.add(Fault.ofWord(word)
                    .orElseThrow(
                            () -> new ParameterException(command.commandLine(), word + " is no fault; see --help")));
        }
        return EnumSet.copyOf(chosen);
    }
}
