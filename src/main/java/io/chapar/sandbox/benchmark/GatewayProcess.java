package io.chapar.sandbox.benchmark;

import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway of its own for a measurement or a trial: another process, no sandbox, on ports that were free. */
public final class GatewayProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);
    private static final int PATIENCE_SECONDS = 600;
    private static final int STOP_SECONDS = 40;
    private static final String MAIN = "io.chapar.app.Chapar";

    /** Below those that systems give to outgoing connections: a client that tries again could occupy one of these. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;

    /**
     * Where it lives; a gateway that is started there again finds what the one before left.
     *
     * @param queuesPort of its AMQP
     */
    public record Home(Path data, Path certificates, int port, int peoplesPort, int queuesPort, int agenciesPort) {

        /** @param agenciesPort where the agencies listen to which it delivers */
        public static Home fresh(Path data, Path certificates, int agenciesPort) {
            Set<Integer> ports = new LinkedHashSet<>();
            while (ports.size() < 3) {
                ports.add(freePort());
            }
            Iterator<Integer> each = ports.iterator();
            return new Home(data, certificates, each.next(), each.next(), each.next(), agenciesPort);
        }

        public URI address() {
            return URI.create("https://localhost:" + port);
        }

        URI management() {
            return URI.create("https://localhost:" + peoplesPort);
        }
    }

    private final Process process;
    private final Home home;

    private GatewayProcess(Process process, Home home) {
        this.process = process;
        this.home = home;
    }

    /** @param log what the gateway says is added to it */
    public static GatewayProcess start(Home home, List<String> jvm, Path log) throws IOException {
        return start(home, jvm, List.of(), log);
    }

    /** @param settings further ones, such as {@code --chapar.routes=...} */
    public static GatewayProcess start(Home home, List<String> jvm, List<String> settings, Path log)
            throws IOException {
        return start(home, jvm, List.of(), settings, log);
    }

    /** @param by a command that starts a gateway and takes its settings; empty for the gateway as everybody starts it */
    public static GatewayProcess start(Home home, List<String> jvm, List<String> by, List<String> settings, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program());
        command.addAll(by);
        command.add("--server.port=" + home.port());
        command.add("--management.server.port=" + home.peoplesPort());
        command.add("--chapar.broker.amqp-port=" + home.queuesPort());
        command.add("--chapar.data=" + home.data());
        command.add("--chapar.certificates=" + home.certificates());
        command.add("--chapar.sandbox.enabled=false");
        // The directory's addresses follow this port, whoever listens there.
        command.add("--chapar.sandbox.port=" + home.agenciesPort());
        command.addAll(settings);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new GatewayProcess(process, home);
    }

    /** The same program as this one, from its jar or its class path. */
    public static List<String> program() {
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator)) {
            return List.of("-jar", path);
        }
        return List.of("-cp", path, MAIN);
    }

    /** A port that is free just now, and that no outgoing connection will be given. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LOG.debug("port {} is taken", port, e);
            }
        }
    }

    URI address() {
        return home.address();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits; returns whether it ended by itself meanwhile. */
    public boolean endedWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it at once, without a chance to put anything in order. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns when it says that it is ready. */
    public void awaitReady(PartyKeys keys) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (GatewayConnection connection = new GatewayConnection(home.management(), keys.client())) {
            while (!ready(connection)) {
                if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the gateway ended with " + process.exitValue() + " before it was ready");
                }
                if (System.nanoTime() > end) {
                    throw new IOException("the gateway was not ready after " + PATIENCE_SECONDS + " s");
                }
            }
        }
    }

    private static boolean ready(GatewayConnection connection) {
        try {
            return connection.get("/actuator/health/readiness").status() == 200;
        } catch (IOException e) {
            // Not listening yet; whoever asks knows how long to go on.
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
