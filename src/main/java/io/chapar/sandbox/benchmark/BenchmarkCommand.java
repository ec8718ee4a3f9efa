package io.chapar.sandbox.benchmark;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures. It says what it found and never passes or fails. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures a gateway under the standard load, from a process of its own.",
            "Sends the mix of the year 2018 over mutual TLS, plays the receiving agencies, prints and keeps messages a",
            "second, times to receipt and to delivery, and CPU time. Counted is the gateway's process alone: messages are",
            "signed before. At a fixed rate, times count from when a message was meant to go."
        })
public final class BenchmarkCommand implements Callable<Integer> {

    /** Makes the keys of all parties where they are missing: the command above this one knows who there is. */
    public interface Certificates {

        /** @return the parties, the gateway among them */
        Set<PartyCode> make(Path folder) throws IOException;
    }

    /** Envelopes are signed beforehand, and older than a few minutes the gateway does not take them. */
    private static final int LONGEST_SECONDS = 200;

    @Option(names = "--rate", defaultValue = "100", description = "Messages a second (${DEFAULT-VALUE}).")
    private double rate = 100;

    @Option(names = "--seconds", defaultValue = "30", description = "How long, at most 200 (${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(names = "--warm-up", defaultValue = "60", description = "Seconds before it counts (${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(names = "--saturation", description = "As fast as the connections carry it, after the fixed rate.")
    private boolean saturation;

    @Option(
            names = "--messages",
            defaultValue = "20000",
            description = "At saturation: messages signed beforehand (${DEFAULT-VALUE}).")
    private int messages = 20_000;

    @Option(names = "--connections", defaultValue = "48", description = "Senders at once (${DEFAULT-VALUE}).")
    private int connections = 48;

    @Option(
            names = "--gateway",
            description =
                    "A gateway that runs already, without sandbox, delivering to --agencies-port; else one is started.")
    private @Nullable URI gateway;

    @Option(names = "--pid", description = "The process of that gateway, for its CPU time.")
    private @Nullable Long pid;

    @Option(
            names = "--agencies-port",
            defaultValue = "0",
            description = "Where the agencies listen (any that is free).")
    private int agenciesPort;

    @Option(
            names = "--certificates",
            defaultValue = "certs-dev",
            description = "Development certificates (${DEFAULT-VALUE}).")
    private Path certificates = Path.of("certs-dev");

    @Option(names = "--jvm", description = "An option for the Java of the gateway that is started, such as -Xmx1g.")
    private List<String> jvm = List.of();

    @Option(
            names = "--reports",
            defaultValue = "target/benchmark",
            description = "Where reports go (${DEFAULT-VALUE}).")
    private Path reports = Path.of("target/benchmark");

    @ParentCommand
    private @Nullable Certificates parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (spec == null || parent == null) {
            throw new IllegalStateException("run by picocli only");
        }
        if (seconds < 1 || seconds > LONGEST_SECONDS || rate <= 0 || connections < 1 || messages < 1 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "a number is out of its range; see --help");
        }
        PrintWriter out = spec.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Counter counter = new Counter();
        List<Agencies.Seat> seats = parent.make(certificates).stream()
                .map(code -> new Agencies.Seat(code, true))
                .toList();
        Reports files = new Reports(reports, clock.instant(), rate);
        try (DeliveryMemory memory = DeliveryMemory.whileRunning()) {
            Agencies agencies = new Agencies(seats, certificates, memory, Optional.empty(), counter, clock);
            PartyKeys keys = PartyKeys.load(certificates, PartyCode.CHAPAR);
            files.keep("machine", Figures.of(MachineSpeed.measure(keys.signer())), out);
            try (AgencyServer server = new AgencyServer(
                    agenciesPort, keys, agencies, new ControlDesk(agencies, stream -> stream.println("Not here.")))) {
                server.start();
                run(out, clock, counter, agencies, keys, server.port(), files);
            }
        }
        return 0;
    }

    private void run(
            PrintWriter out, Clock clock, Counter counter, Agencies agencies, PartyKeys keys, int port, Reports files)
            throws IOException, InterruptedException {
        if (gateway != null) {
            OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
            measure(out, clock, counter, agencies, gateway, process, files);
            return;
        }
        Path log = files.file(".log");
        say(out, "Starting a gateway of its own; it writes to " + log);
        GatewayProcess.Home home =
                GatewayProcess.Home.fresh(Files.createTempDirectory("chapar-benchmark-"), certificates, port);
        try (GatewayProcess own = GatewayProcess.start(home, jvm, log)) {
            own.awaitReady(keys);
            measure(out, clock, counter, agencies, own.address(), OptionalLong.of(own.pid()), files);
        }
    }

    private void measure(
            PrintWriter out,
            Clock clock,
            Counter counter,
            Agencies agencies,
            URI address,
            OptionalLong process,
            Reports files)
            throws IOException, InterruptedException {
        try (Mail mail = new Mail(address, certificates, counter);
                Mailboxes mailboxes = new Mailboxes(agencies, mail, List.of(new PartyCode("MLSPP")))) {
            mailboxes.open();
            Measurement measurement = new Measurement(mail, counter, connections, process);
            Mix mix = new Mix(clock.millis(), clock);
            if (warmUp > 0) {
                say(out, "Warming up for " + warmUp + " s");
                measurement.atRate(mix.sign((int) Math.ceil(rate * warmUp), mail), rate);
            }
            say(out, "Measuring at " + rate + " a second for " + seconds + " s");
            files.keep("fixedRate", measurement.atRate(mix.sign((int) Math.ceil(rate * seconds), mail), rate), out);
            if (saturation) {
                if (warmUp > 0) {
                    // What a fixed rate has warmed is compiled for that rate: figures taken now are the compiler's.
                    say(out, "Warming up at saturation for " + warmUp + " s");
                    measurement.atSaturation(mix.sign(messages, mail), warmUp);
                }
                say(out, "Measuring at saturation, with " + connections + " connections");
                files.keep("saturation", measurement.atSaturation(mix.sign(messages, mail), seconds), out);
            }
        }
        files.write();
        say(out, "Kept in " + files.file(".json"));
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
