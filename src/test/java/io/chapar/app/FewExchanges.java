package io.chapar.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** A folder of routes for a gateway with a few of the exchanges and parties, as they are. */
public final class FewExchanges {

    private static final Path ROUTES = Path.of("routes");
    private static final String PARTY = "  - code: ";

    private FewExchanges() {}

    /**
     * @param folder that does not exist yet
     * @param parties all that these exchanges name
     */
    public static Path in(Path folder, List<String> exchanges, Set<String> parties) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("pipeline.camel.yaml", "refusals.camel.yaml")) {
            Files.copy(ROUTES.resolve(file), folder.resolve(file));
        }
        for (String exchange : exchanges) {
            FileSystemUtils.copyRecursively(ROUTES.resolve(exchange), folder.resolve(exchange));
        }
        String[] entries = Files.readString(ROUTES.resolve("parties.yaml")).split("(?m)^(?=" + PARTY + ")");
        Files.writeString(
                folder.resolve("parties.yaml"),
                Arrays.stream(entries)
                        .filter(entry -> !entry.startsWith(PARTY)
                                || parties.contains(
                                        entry.lines().findFirst().orElseThrow().substring(PARTY.length())))
                        .collect(Collectors.joining()));
        return folder;
    }
}
