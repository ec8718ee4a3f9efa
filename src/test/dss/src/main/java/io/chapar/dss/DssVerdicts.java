package io.chapar.dss;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks DSS about what {@code SignedFilesTest} has laid down, and prints what it says, kind by kind. Fails where it says
 * something else than the gateway: it must take all that was accepted, XAdES as an advanced signature and the others as a
 * signature, and nothing that was altered.
 */
public final class DssVerdicts {

    /** One of so many: each exchange has three samples, and the same was done to all. */
    private static final int ALTERED = 3;

    private final Dss dss;
    private final String kind;
    private final Set<String> formats = new TreeSet<>();
    private final Set<String> why = new TreeSet<>();
    private int files;
    private int advanced;
    private int taken;
    private int altered;
    private int alteredTaken;

    private DssVerdicts(Dss dss, String kind) {
        this.dss = dss;
        this.kind = kind;
    }

    /** @param arguments the folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path accepted = folder.resolve("accepted");
        if (!Files.isDirectory(accepted)) {
            throw new IllegalStateException("nothing was signed yet: ./mvnw test -Dtest=SignedFilesTest");
        }
        Dss dss = new Dss(folder);
        System.out.println(
                "| Kind | Taken here | By DSS as advanced | By DSS | Altered | By DSS | As | Why not advanced |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        List<String> otherwise = new ArrayList<>();
        for (Path each : inside(accepted)) {
            DssVerdicts verdicts = new DssVerdicts(dss, each.getFileName().toString());
            verdicts.askedAbout(each, folder.resolve("altered").resolve(verdicts.kind));
            System.out.println(verdicts.row());
            if (!verdicts.agree()) {
                otherwise.add(verdicts.kind);
            }
        }
        if (!otherwise.isEmpty()) {
            throw new IllegalStateException("DSS says something else about " + otherwise);
        }
    }

    private void askedAbout(Path good, Path bad) throws Exception {
        for (Path file : signatures(good)) {
            Dss.Said said = dss.about(file, detached(file));
            files++;
            advanced += said.advanced() ? 1 : 0;
            taken += said.taken() ? 1 : 0;
            formats.add(said.format());
            why.add(said.why());
        }
        List<Path> wrong = signatures(bad);
        for (int i = 0; i < wrong.size(); i += ALTERED) {
            altered++;
            alteredTaken += dss.about(wrong.get(i), detached(wrong.get(i))).taken() ? 1 : 0;
        }
    }

    private boolean agree() {
        return files > 0
                && advanced == (kind.endsWith("XADES") ? files : 0)
                && taken == files
                && altered > 0
                && alteredTaken == 0;
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %s | %s |",
                kind,
                files,
                advanced,
                taken,
                altered,
                alteredTaken,
                String.join(", ", formats),
                String.join("; ", why));
    }

    private static List<Path> inside(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Not what is signed by another file, nor whose certificate. */
    private static List<Path> signatures(Path folder) throws Exception {
        return inside(folder).stream()
                .filter(file -> file.toString().matches(".*[.](xml|jws)"))
                .toList();
    }

    /** What the signature beside it covers, if that covers a file. */
    private static List<Path> detached(Path signature) {
        return Stream.of(signature.resolveSibling(
                        signature.getFileName().toString().replace(".jws", ".json")))
                .filter(file -> !file.equals(signature) && Files.exists(file))
                .toList();
    }
}
