package io.chapar.sandbox.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * By how much a gateway's clock is wrong, in a file that the gateway looks at. How long something takes it measures
 * rightly all the while, as when an administrator sets a machine's clock; and the database's clock stays right, as when
 * only one machine's is set.
 */
final class ClockFile {

    private final Path file;

    ClockFile(Path file) throws IOException {
        this.file = file;
        wrongBy(Duration.ZERO);
    }

    /** The command that starts a gateway with this clock. */
    List<String> gateway() {
        return List.of(FalseClock.COMMAND, file.toString(), "--");
    }

    void wrongBy(Duration difference) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, difference.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
