package io.chapar.sandbox.load;

import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.faults.Report;
import io.chapar.sandbox.faults.World;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One trial on a gateway of its own. */
public final class LoadRun {

    /** What can be tried. */
    public enum Which {
        ISOLATION("one receiver dead, another ten times slower than its traffic: the others stay within 10 %"),
        CROWD("a thousand senders at once: nobody gets another's payload, receipt, receiver or history"),
        PRESSURE("three times the sustainable rate: what is accepted goes on, the rest is refused quickly"),
        FLOOD("as many messages that are refused as can be sent: honest ones get their receipts within a second"),
        BACKLOG("a receiver is away, messages pile up, the gateway starts again and drains"),
        BATCH("one upload of many messages, killed in the middle: each is accepted and delivered once"),
        SOAK("a steady rate for long: heap, threads, files and temporary files do not grow");

        private final String text;

        Which(String text) {
            this.text = text;
        }

        /** As it is written in commands. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String text() {
            return text;
        }

        public static Optional<Which> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(which -> which.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * Where things are.
     *
     * @param work for the gateway's data, its log and the report
     */
    public record Folders(Path certificates, Path work) {}

    private final Which which;
    private final Plan plan;
    private final Folders folders;
    private final Clock clock;
    private final PrintWriter out;

    public LoadRun(Which which, Plan plan, Folders folders, Clock clock, PrintWriter out) {
        this.which = which;
        this.plan = plan;
        this.folders = folders;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Returns what became of the promise.
     *
     * @param jvm options for the gateway's Java
     * @param settings of the gateway
     * @param inspection of a data folder
     */
    public Findings.Verdict run(
            World world, List<String> jvm, List<String> settings, Function<Path, Inspection> inspection)
            throws IOException, InterruptedException, Malformed {
        Report report = new Report(folders.work(), out);
        report.line("%s; everything lies in %s", which.word(), folders.work());
        report.fact("trial", which.word());
        report.fact("at", clock.instant().toString());
        Path temporary = Files.createDirectories(folders.work().resolve("temporary"));
        List<String> java = new ArrayList<>(jvm);
        java.add("-Djava.io.tmpdir=" + temporary);
        List<String> further = new ArrayList<>(settings);
        further.add("--chapar.deliver.longest-back-off=5s");
        // The usual quota would end a backlog of a million just before it is one.
        further.add("--chapar.quotas.backlog=" + Math.max(1_000_000L, 2L * plan.messages()));
        if (which == Which.SOAK) {
            // The usual one fills for the better part of an hour, and until it is full that looks like growth.
            further.add("--chapar.broker.id-cache=1000");
        }
        Station.Start start = new Station.Start(world, folders.certificates(), java, further, inspection);
        try (Station station = Station.open(start, report, folders.work().resolve("data"), clock)) {
            trial(temporary).on(station);
            return station.findings().tell();
        } finally {
            report.write();
        }
    }

    private LoadTrial trial(Path temporary) {
        return switch (which) {
            case ISOLATION -> new Isolation(plan);
            case CROWD -> new CrowdTrial(plan);
            case PRESSURE -> new Pressure(plan);
            case FLOOD -> new Flood(plan);
            case BACKLOG -> new Backlog(plan);
            case BATCH -> new BatchTrial(plan);
            case SOAK -> new Soak(plan, temporary);
        };
    }
}
