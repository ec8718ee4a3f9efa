package io.chapar.habits;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** Programs from outside that a test compares us with. */
public final class Program {

    /** The oldest major version of Node that will do; src/test/node/package.json says the same. */
    static final int OLDEST_NODE = 20;

    private static final Pattern NODE_VERSION = Pattern.compile("v(\\d{1,4})\\.");

    private Program() {}

    /**
     * Skips the test where the program is missing, and says so; where everything must be there (the environment
     * variable CI is set) the test fails instead. A Node that is too old counts as missing.
     */
    public static Path needed(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        Path program = Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name));
        return name.equals("node") && isTooOld(version(program))
                ? missing("node " + OLDEST_NODE + " or newer")
                : program;
    }

    /** @param version as {@code node --version} says it */
    static boolean isTooOld(String version) {
        Matcher major = NODE_VERSION.matcher(version);
        return !major.lookingAt() || Integer.parseInt(major.group(1)) < OLDEST_NODE;
    }

    private static String version(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #needed}, for a folder that a program makes. */
    public static void prepared(Path folder, String command) {
        if (!Files.isDirectory(folder)) {
            missing(folder + ", made by " + command + ",");
        }
    }

    private static Path missing(String name) {
        String message = name + " is not installed";
        return System.getenv("CI") == null ? abort(message) : fail(message);
    }
}
