package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.schema.FileSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The folders of this repository, loaded as at start, with parties that have no certificates. */
public final class RealFiles {

    public static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));
    public static final Mappings MAPPINGS = new Mappings(Path.of("schemas/code-lists"));
    public static final PartyDirectory PARTIES =
            new ReloadableParties(parties(Path.of("routes/parties.yaml"), Map.of()));
    /** As they are when nothing is set. */
    static final AttachmentLimits LIMITS = new AttachmentLimits(2 << 20, 50 << 20, 210 << 20);

    public static final Catalogue CATALOGUE = load(Path.of("routes"), SCHEMAS);

    private RealFiles() {}

    /** The agreements with other words in one of them, made in a folder. */
    public static Catalogue changed(Path folder, String agreement, UnaryOperator<String> change) throws IOException {
        copy(Path.of("routes"), folder);
        change(folder.resolve(agreement), change);
        return load(folder, SCHEMAS);
    }

    static Catalogue load(Path routes, Schemas schemas) {
        return CatalogueLoader.load(routes, schemas, MAPPINGS, PARTIES.all(), LIMITS);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    static void change(Path file, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException(file + " does not say what was to be changed");
        }
        Files.writeString(file, after);
    }

    public static PartyFile parties(Path file, Map<String, String> settings) {
        return new PartyFile(
                file,
                new FileSchema(Path.of("schemas/parties.schema.json")),
                pem -> List.of(),
                name -> Optional.ofNullable(settings.get(name)),
                text -> text.replace("${chapar.certificates}", "certs-dev").replace("${chapar.sandbox.port}", "9443"));
    }
}
