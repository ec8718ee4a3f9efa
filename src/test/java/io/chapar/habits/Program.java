package io.chapar.habits;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** Programs from outside that a test compares us with. */
public final class Program {

    private Program() {}

    /**
     * Skips the test where the program is missing, and says so; where everything must be there (the environment
     * variable CI is set) the test fails instead.
     */
    public static Path needed(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name));
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
