package io.chapar.sandbox.faults;

import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the gateway, again and again on the same data, and ends it in every way. Senders wait meanwhile. */
final class Keeper implements AutoCloseable {

    /** Quick to start: it never lives long. */
    private static final List<String> JVM = List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED");

    private final GatewayProcess.Home home;
    private final PartyKeys keys;
    private final List<String> by;
    private final List<String> settings;
    private final Path log;
    private final Gate gate;
    private Duration shortestStart = Duration.ofDays(1);
    private @Nullable GatewayProcess gateway;

    Keeper(GatewayProcess.Home home, PartyKeys keys, List<String> by, List<String> settings, Path log, Gate gate) {
        this.home = home;
        this.keys = keys;
        this.settings = List.copyOf(settings);
        this.by = List.copyOf(by);
        this.log = log;
        this.gate = gate;
    }

    /** Returns when it is ready. */
    void start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        launch().awaitReady(keys);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        shortestStart = took.compareTo(shortestStart) < 0 ? took : shortestStart;
        gate.open();
    }

    private GatewayProcess launch() throws IOException {
        GatewayProcess process = GatewayProcess.start(home, JVM, by, settings, log);
        gateway = process;
        return process;
    }

    void kill() throws InterruptedException {
        gate.close();
        running().kill();
    }

    /** In order, as an administrator does. */
    void stop() {
        gate.close();
        running().close();
    }

    /** Starts it, and kills it before the quickest of all starts would have been done. */
    void killStarting(Duration after) throws IOException, InterruptedException {
        long longest = Math.max(1, shortestStart.toMillis());
        GatewayProcess unlucky = launch();
        goesOn(Duration.ofMillis(after.toMillis() % longest));
        unlucky.kill();
    }

    /** Waits; it must not end by itself meanwhile. */
    void goesOn(Duration time) throws InterruptedException {
        if (running().endedWithin(time)) {
            throw new BrokenPromise("the gateway ended by itself; see " + log);
        }
    }

    private GatewayProcess running() {
        GatewayProcess process = gateway;
        if (process == null) {
            throw new IllegalStateException("it was never started");
        }
        return process;
    }

    @Override
    public void close() {
        GatewayProcess process = gateway;
        if (process != null) {
            process.close();
        }
    }
}
