package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.schema.FileSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders of this repository, loaded as at start, with parties that have no certificates. */
public final class RealFiles {

    public static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));
    public static final Mappings MAPPINGS = new Mappings(Path.of("schemas/code-lists"));
    public static final PartyDirectory PARTIES =
            new ReloadableParties(parties(Path.of("routes/parties.yaml"), Map.of()));
    /** As they are when nothing is set. */
    static final AttachmentLimits LIMITS = new AttachmentLimits(2 << 20, 50 << 20, 210 << 20);

    public static final Catalogue CATALOGUE =
            CatalogueLoader.load(Path.of("routes"), SCHEMAS, MAPPINGS, PARTIES.all(), LIMITS);

    private RealFiles() {}

    public static PartyFile parties(Path file, Map<String, String> settings) {
        return new PartyFile(
                file,
                new FileSchema(Path.of("schemas/parties.schema.json")),
                pem -> List.of(),
                name -> Optional.ofNullable(settings.get(name)),
                text -> text.replace("${chapar.certificates}", "certs-dev").replace("${chapar.sandbox.port}", "9443"));
    }
}
