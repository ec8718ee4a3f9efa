package io.chapar.nodes;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** One process of a pair of brokers with a common journal. */
final class BrokerPairMember {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final int port;
    private final int partiesPort;

    BrokerPairMember(Path folder, Path certificates, String name) throws IOException {
        this.log = folder.resolve("broker-" + name + ".log");
        this.port = free();
        this.partiesPort = free();
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:MetaspaceSize=256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.chapar.app.Chapar",
                        "broker",
                        "--",
                        "--chapar.data=" + folder.resolve("broker-" + name),
                        "--chapar.certificates=" + certificates,
                        "--chapar.broker.store=" + folder.resolve("shared/broker"),
                        "--chapar.broker.nodes-port=" + port,
                        "--chapar.broker.amqp-port=" + partiesPort,
                        "--chapar.parties.MJ.channel=queue")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where parties connect. */
    String amqp() {
        return "amqps://localhost:" + partiesPort;
    }

    String address() {
        return "localhost:" + port;
    }

    void awaitSaid(String words) {
        await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the broker ended: " + Files.readString(log));
            }
            return Files.readString(log).contains(words);
        });
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
