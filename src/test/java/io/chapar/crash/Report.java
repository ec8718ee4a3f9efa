package io.chapar.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is printed, and kept in a file beside what the gateway said. */
final class Report {

    private final Path folder;
    private final List<String> lines = new ArrayList<>();

    Report(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(gatewayLog());
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }

    Path gatewayLog() {
        return folder.resolve("gateway.log");
    }

    void line(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        lines.add(line);
        System.out.println(line);
    }

    void write() throws IOException {
        Files.write(folder.resolve("report.txt"), lines);
    }
}
