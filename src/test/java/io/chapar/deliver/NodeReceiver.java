package io.chapar.deliver;

import io.chapar.habits.Program;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The receiver of docs/being-called.md, in Node with the library jose: nothing of ours is in it. */
final class NodeReceiver implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/test/node");

    private final Process process;
    private final BufferedReader said;
    private final Party party;

    /** Runs as this party; the test is skipped where there is no Node. */
    NodeReceiver(Path certificates, String code) throws IOException {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/jose"), "npm ci --prefix " + SCRIPTS);
        this.process = new ProcessBuilder(
                        "node",
                        SCRIPTS.resolve("receiver.mjs").toString(),
                        certificates.resolve(code).toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.said = process.inputReader(StandardCharsets.UTF_8);
        String at = "https://localhost:" + said();
        this.party = Agency.party(
                certificates,
                new PartyCode(code),
                Party.Channel.REST,
                URI.create(at + "/deliveries"),
                URI.create(at + "/queries"),
                true);
    }

    Party party() {
        return party;
    }

    /** The next line that it printed. */
    String said() throws IOException {
        return Objects.requireNonNull(said.readLine(), "the receiver has ended");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        said.close();
    }
}
