package io.chapar.sandbox.faults;

import io.chapar.sandbox.benchmark.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The broker as a process of its own, and the line over which the gateway reaches it. Parties reach it without that line. */
final class BrokerBeside implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final List<String> command = new ArrayList<>();
    private final Path folder;
    private final Path log;
    private final int port = GatewayProcess.freePort();
    private final Relay link;
    private @Nullable Process process;

    /**
     * @param settings of the gateway that it serves
     * @param log what it says is added to it
     */
    BrokerBeside(GatewayProcess.Home home, List<String> settings, Path folder, Path log) throws IOException {
        this.folder = folder;
        this.log = log;
        this.link = new Relay(port);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(GatewayProcess.program());
        command.addAll(List.of(
                "broker",
                "--",
                "--chapar.data=" + folder,
                "--chapar.broker.store=" + store(),
                "--chapar.broker.nodes-port=" + port,
                "--chapar.broker.amqp-port=" + home.queuesPort(),
                "--chapar.certificates=" + home.certificates()));
        command.addAll(settings);
    }

    /** Where it keeps everything. */
    Path store() {
        return folder.resolve("broker");
    }

    Relay link() {
        return link;
    }

    /** Makes a gateway use it. */
    String setting() {
        return "--chapar.broker.url=localhost:" + link.port();
    }

    /** Returns when it serves; does nothing when it does already. */
    void start() throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            return;
        }
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!serves()) {
            if (started.waitFor(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BrokenPromise("the broker ended by itself; see " + log);
            }
            if (System.nanoTime() - end > 0) {
                throw new BrokenPromise("the broker does not serve; see " + log);
            }
        }
    }

    /** Whether it was started, and ended by itself. */
    boolean ended() {
        return process != null && !process.isAlive();
    }

    private boolean serves() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            // Not yet; whoever asks knows how long to go on.
            return false;
        }
    }

    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
            process = null;
        }
    }

    @Override
    public void close() {
        link.close();
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
