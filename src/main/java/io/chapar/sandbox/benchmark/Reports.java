package io.chapar.sandbox.benchmark;

import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of measurements, one for each, named by the time, so that any can be compared with any. */
final class Reports {

    private final Path folder;

    Reports(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path file(Instant at, String ending) {
        return folder.resolve(at.toString().replaceAll("[:.]", "-") + ending);
    }

    void write(Instant at, Map<String, Object> report) throws IOException {
        Files.write(file(at, ".json"), HardenedJson.write(report));
    }

    /** The one before; empty when there is none that can be read. */
    Map<String, Object> last() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> last = files.filter(file -> file.toString().endsWith(".json"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
            return last.isPresent() ? HardenedJson.parse(Files.readAllBytes(last.get())) : Map.of();
        } catch (Malformed e) {
            throw new IOException("the last report in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
