package io.chapar.app;

import io.chapar.app.catalogue.PartyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * A folder of routes for a gateway with a few of the exchanges, and the parties that these name: it starts in two thirds of
 * the time that all of them take.
 */
public final class FewExchanges {

    private static final Path ROUTES = Path.of("routes");
    private static final String PARTY = "  - code: ";
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]+(-[A-Z0-9]+)*");

    /** Code, name and groups are the first lines of an entry. */
    private static final int GROUPS_BY = 3;

    private FewExchanges() {}

    /**
     * @param folder that does not exist yet
     * @param more parties, beside those that these exchanges name
     */
    public static Path in(Path folder, List<String> exchanges, String... more) throws IOException {
        return of(ROUTES, folder, exchanges, more);
    }

    /** As {@link #in}, of other agreements than those of the catalogue. */
    public static Path of(Path routes, Path folder, List<String> exchanges, String... more) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("pipeline.camel.yaml", "refusals.camel.yaml")) {
            Files.copy(routes.resolve(file), folder.resolve(file));
        }
        Set<String> named = new HashSet<>(List.of(more));
        named.add("CHAPAR");
        for (String exchange : exchanges) {
            FileSystemUtils.copyRecursively(routes.resolve(exchange), folder.resolve(exchange));
            named.addAll(names(Files.readString(routes.resolve(exchange).resolve("agreement.yaml"))));
        }
        String[] entries = Files.readString(routes.resolve(PartyFile.NAME)).split("(?m)^(?=" + PARTY + ")");
        Files.writeString(
                folder.resolve(PartyFile.NAME),
                Arrays.stream(entries)
                        .filter(entry -> !entry.startsWith(PARTY) || isNamed(entry, named))
                        .collect(Collectors.joining()));
        return folder;
    }

    /** By its code, or by a group to which it belongs. */
    private static boolean isNamed(String entry, Set<String> named) {
        return entry.lines().limit(GROUPS_BY).anyMatch(line -> !Collections.disjoint(names(line), named));
    }

    /** Of parties and groups; and words that look like one. */
    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
