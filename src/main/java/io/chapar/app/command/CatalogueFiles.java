package io.chapar.app.command;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.catalogue.CatalogueLoader;
import io.chapar.app.catalogue.PartyFile;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.schema.FileSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command finds the catalogue: it is read and checked as at the gateway's start, but no certificate is opened. */
final class CatalogueFiles {

    /** Settings in the party directory's addresses mean nothing here; what stands for them only has to be readable. */
    private static final String NO_SETTING = "0";

    @Option(names = "--routes", paramLabel = "FOLDER", description = "The agreements (${DEFAULT-VALUE}).")
    private Path routes = Path.of("routes");

    @Option(names = "--schemas", paramLabel = "FOLDER", description = "The schemas (${DEFAULT-VALUE}).")
    private Path schemas = Path.of("schemas");

    Path routes() {
        return routes;
    }

    Path schemas() {
        return schemas;
    }

    PartyDirectory parties() {
        return new ReloadableParties(new PartyFile(
                routes.resolve(PartyFile.NAME),
                new FileSchema(schemas.resolve("parties.schema.json")),
                pem -> List.of(),
                name -> Optional.empty(),
                text -> text.replaceAll("\\$\\{[^}]*}", NO_SETTING)));
    }

    Catalogue catalogue(PartyDirectory parties) {
        return CatalogueLoader.load(
                routes,
                Schemas.load(schemas),
                new Mappings(schemas.resolve("code-lists")),
                parties.all(),
                AttachmentLimits.NONE);
    }
}
