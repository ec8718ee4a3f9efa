package io.chapar.scenario;

import io.chapar.habits.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What a page of the documentation tells its reader to type, typed into one shell against a gateway of the tests. */
final class Typed {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh( mailbox)?\n(.*?)^```$");
    private static final List<String> PROGRAMS =
            List.of("bash", "curl", "jq", "sed", "openssl", "xmlsec1", "node", "base64");

    /** What a command that fails must not hide; and what is installed for all tests is not installed again. */
    private static final String BEFORE = "set -euo pipefail\nnpm() { :; }\n";

    private Typed() {}

    /**
     * As it stands but for ports and folders; what it wrote to the screen.
     *
     * @param folder for what the page writes into {@code /tmp}
     */
    static String page(Path page, Gateway gateway, Path certificates, Path folder)
            throws IOException, InterruptedException {
        PROGRAMS.forEach(Program::needed);
        Program.prepared(Path.of("src/test/node/node_modules/jose"), "npm ci --prefix src/test/node");
        String blocks = BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(2))
                .collect(Collectors.joining());
        // The folder of the certificates lies in /tmp, too: it comes in last.
        String script = BEFORE
                + blocks.replace("/tmp/", folder + "/")
                        .replace(
                                "localhost:8443",
                                "localhost:" + gateway.address().getPort())
                        .replace(" 5671 ", " " + gateway.broker().amqpPort() + " ")
                        .replace("certs-dev", certificates.toString());
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(
                        "bash",
                        Files.writeString(Files.createTempFile(folder, "typed", ".sh"), script)
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
