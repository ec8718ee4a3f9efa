package io.chapar.sandbox.faults;

import io.chapar.trust.HardenedJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is printed, and kept in files beside what the gateway said: all lines, and the facts for a comparison. */
public final class Report {

    private final Path folder;
    private final PrintWriter out;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    public Report(Path folder, PrintWriter out) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.out = out;
    }

    public Path gatewayLog() {
        return folder.resolve("gateway.log");
    }

    public synchronized void line(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        lines.add(line);
        out.println(line);
        out.flush();
    }

    /** Only for the file. */
    public synchronized void note(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    public synchronized void fact(String name, Object value) {
        facts.put(name, value);
    }

    public synchronized void write() throws IOException {
        Files.write(folder.resolve("report.txt"), lines);
        Files.write(folder.resolve("facts.json"), HardenedJson.write(facts));
    }
}
