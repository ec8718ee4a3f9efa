package io.chapar.scenario;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.chapar.message.Violation;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A situation, what is done, and what must come of it.
 *
 * @param query whether its exchange is answered while the caller waits
 */
record ScenarioFile(String exchange, String name, boolean query, Entry given, Entry then) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> STATES =
            List.of("receivers", "directoryWithout", "database", "timestamps", "broker");

    /** All of them, in the order of their names. */
    static List<ScenarioFile> all(Path routes, FileSchema schema) throws IOException {
        try (Stream<Path> exchanges = Files.list(routes)) {
            return exchanges.sorted().flatMap(exchange -> of(exchange, schema)).toList();
        }
    }

    /** Those of these exchanges. */
    static List<ScenarioFile> of(Path routes, Collection<String> exchanges, FileSchema schema) {
        return exchanges.stream()
                .sorted()
                .flatMap(exchange -> of(routes.resolve(exchange), schema))
                .toList();
    }

    private static Stream<ScenarioFile> of(Path exchange, FileSchema schema) {
        Path folder = exchange.resolve("scenarios");
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Object> agreement =
                    YAML.readValue(Files.readString(exchange.resolve("agreement.yaml")), new TypeReference<>() {});
            boolean query = "query".equals(agreement.get("pattern"));
            return files.sorted().map(file -> read(exchange, query, file, schema)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScenarioFile read(Path exchange, boolean query, Path file, FileSchema schema) {
        try {
            Map<String, Object> content = YAML.readValue(Files.readString(file), new TypeReference<>() {});
            List<Violation> violations = schema.validate(content);
            if (!violations.isEmpty()) {
                throw new IllegalArgumentException(file + " does not fit scenario.schema.json: " + violations);
            }
            Entry root = new Entry(content);
            String name = String.valueOf(file.getFileName()).replace(".yaml", "");
            return new ScenarioFile(
                    String.valueOf(exchange.getFileName()), name, query, root.below("given"), root.below("then"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exchange of the document that is sent: another than the folder's where the gateway answers with the folder's. */
    String sent() {
        return given.text("of", exchange);
    }

    String title() {
        return exchange + "/" + name;
    }

    /** Whether it changes the world around the message, so that no other may run beside it. */
    boolean runsAlone() {
        return STATES.stream().anyMatch(given::has);
    }

    /** Whether it says that the gateway must not accept anything, which it can prove only while nobody else is accepted. */
    boolean countsAccepted() {
        return "false".equals(then.text("accepted", ""));
    }

    boolean soap() {
        return given.text("door", "rest").equals("soap");
    }

    boolean queue() {
        return given.text("door", "rest").equals("queue");
    }

    boolean json() {
        return given.text("format", "json").equals("json");
    }
}
