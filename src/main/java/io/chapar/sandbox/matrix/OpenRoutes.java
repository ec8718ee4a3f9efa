package io.chapar.sandbox.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of the routes in which no exchange is disabled, so that those can be tried that ship so. */
final class OpenRoutes {

    private static final Pattern DISABLED = Pattern.compile("(?m)^disabled:.*\\R");

    private OpenRoutes() {}

    static Path copy(Path routes, Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(routes)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = target.resolve(routes.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            if (file.getFileName().toString().matches("agreement.*\\.yaml")) {
                Files.writeString(copy, DISABLED.matcher(Files.readString(file)).replaceAll(""));
            } else {
                Files.copy(file, copy);
            }
        }
        return target;
    }
}
