package io.chapar.app.command;

import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.benchmark.Benchmark;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            names = "--queues-port",
            defaultValue = "5671",
            description = "That gateway's AMQP on this machine (${DEFAULT-VALUE}).")
    private int queuesPort = 5671;

    @Option(
            names = "--agencies-port",
            defaultValue = "0",
            description = "Where the agencies listen (any that is free).")
    private int agenciesPort;

    @Mixin
    private CatalogueFiles files = new CatalogueFiles();

    @Mixin
    private DevelopmentCertificates certificates = new DevelopmentCertificates();

    @Option(names = "--jvm", description = "An option for the Java of the gateway that is started, such as -Xmx1g.")
    private List<String> jvm = List.of();

    @Option(
            names = "--reports",
            defaultValue = "target/benchmark",
            description = "Where reports go (${DEFAULT-VALUE}).")
    private Path reports = Path.of("target/benchmark");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Malformed {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        Benchmark.Plan plan = plan(spec);
        PartyDirectory parties = files.parties();
        Benchmark.Known known = new Benchmark.Known(
                files.catalogue(parties).all(),
                parties.all(),
                files.routes(),
                files.schemas(),
                certificates.made(files.routes()));
        new Benchmark(plan, known, Clock.systemUTC(), spec.commandLine().getOut())
                .run(Optional.ofNullable(gateway).map(this::running), agenciesPort, jvm, reports);
        return 0;
    }

    private Benchmark.Running running(URI address) {
        return new Benchmark.Running(address, queuesPort, pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
    }

    private Benchmark.Plan plan(CommandSpec command) {
        try {
            return new Benchmark.Plan(rate, seconds, warmUp, saturation, messages, connections);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
