package io.chapar.sandbox.benchmark;

import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This measurement's file, named by the time, so that any can be compared with any; and the one before. */
final class Reports {

    private final Path folder;
    private final Instant at;
    private final Map<String, Object> before;
    private final Map<String, Object> report = new LinkedHashMap<>();

    Reports(Path folder, Instant at, double rate) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.at = at;
        this.before = last();
        report.put("at", at.toString());
        report.put("java", System.getProperty("java.version"));
        report.put("processors", (long) Runtime.getRuntime().availableProcessors());
        report.put("rate", BigDecimal.valueOf(rate));
    }

    Path file(String ending) {
        return folder.resolve(at.toString().replaceAll("[:.]", "-") + ending);
    }

    /** Puts figures into the report, and prints them beside those of the last time. */
    void keep(String name, Figures figures, PrintWriter out) {
        figures.keep(name, before, report, out);
    }

    void write() throws IOException {
        Files.write(file(".json"), HardenedJson.write(report));
    }

    /** The one before; empty when there is none that can be read. */
    private Map<String, Object> last() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> last = files.filter(file -> file.toString().endsWith(".json"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
            return last.isPresent() ? HardenedJson.parse(Files.readAllBytes(last.get())) : Map.of();
        } catch (Malformed e) {
            throw new IOException("the last report in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
