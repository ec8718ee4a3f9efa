package io.chapar.sandbox.benchmark;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.DevelopmentPki;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway of its own for the measurement: another process, fresh data, free ports, no sandbox. */
final class GatewayProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 180;
    private static final int STOP_SECONDS = 40;
    private static final String MAIN = "io.chapar.app.Chapar";

    private final Process process;
    private final URI address;
    private final URI management;

    private GatewayProcess(Process process, URI address, URI management) {
        this.process = process;
        this.address = address;
        this.management = management;
    }

    /** @param log what the gateway says */
    static GatewayProcess start(Path certificates, int agenciesPort, List<String> jvm, Path log) throws IOException {
        int port = free();
        int people = free();
        Path data = Files.createTempDirectory("chapar-benchmark-");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program());
        command.add("--server.port=" + port);
        command.add("--management.server.port=" + people);
        command.add("--chapar.data=" + data);
        command.add("--chapar.certificates=" + certificates);
        command.add("--chapar.sandbox.enabled=false");
        for (PartyCode party : DevelopmentPki.parties()) {
            command.add("--chapar.parties." + party + ".address=https://localhost:" + agenciesPort + "/" + party
                    + "/deliveries");
        }
        command.add("--chapar.parties.SPR.queries=https://localhost:" + agenciesPort + "/SPR/queries");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new GatewayProcess(
                process, URI.create("https://localhost:" + port), URI.create("https://localhost:" + people));
    }

    /** The same program as this one, from its jar or its class path. */
    private static List<String> program() {
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator)) {
            return List.of("-jar", path);
        }
        return List.of("-cp", path, MAIN);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Returns when it says that it is ready. */
    void awaitReady(PartyKeys keys) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (GatewayConnection connection = new GatewayConnection(management, keys.client())) {
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
