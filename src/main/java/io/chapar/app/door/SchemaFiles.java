package io.chapar.app.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Schemas and samples as integrators may fetch them. They are read once, when the gateway starts, and asked for by name,
 * so no address can lead to another file.
 */
public final class SchemaFiles {

    /** The folder of the types that all exchanges have in common. */
    public static final String COMMON = "common";

    /** Schemas in the folder of a version, and samples below it; what lies elsewhere is not for agencies. */
    private static final Pattern OF_AN_EXCHANGE =
            Pattern.compile("[^/]+/[^/]+/([^/]+\\.xsd|[^/]+\\.schema\\.json|samples/[^/]+\\.(xml|json))");

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /** @param folder with a folder for each exchange, in it one for each version */
    public SchemaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder.toRealPath(), 4)) {
            Path behind = folder.toRealPath();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = behind.relativize(file).toString().replace('\\', '/');
                if (OF_AN_EXCHANGE.matcher(name).matches()) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("schemas cannot be read from " + folder, e);
        }
    }

    /** By its place below the folder, such as {@code common/1.0/common.xsd}. */
    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The names of all files that begin so, in order. */
    public List<String> names(String prefix) {
        return files.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    /** The media type, by the name's ending. */
    public static String mediaType(String name) {
        if (name.endsWith(".schema.json")) {
            return "application/schema+json";
        }
        return name.endsWith(".json") ? "application/json" : "application/xml";
    }
}
