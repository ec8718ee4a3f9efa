package io.chapar.sandbox.faults;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's programs that a fault needs. */
final class Programs {

    /** Where those of an administrator lie, on the path or not. */
    private static final List<String> ADMINISTRATORS = List.of("/usr/sbin", "/sbin");

    private Programs() {}

    static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        ADMINISTRATORS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws IOException with what it said, when it does not succeed */
    static void run(String name, String... arguments) throws IOException, InterruptedException {
        Path program = find(name).orElseThrow(() -> new IOException("the program " + name + " is not installed"));
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(name + " " + String.join(" ", arguments) + ": " + said);
        }
    }
}
