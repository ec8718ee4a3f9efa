package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Agreement;
import io.chapar.message.Party;
import io.chapar.message.Violation;
import io.chapar.schema.FileSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reads every agreement, and refuses all of them when one could not be enforced. */
public final class CatalogueLoader {

    private final Schemas schemas;
    private final Mappings mappings;
    private final AttachmentLimits limits;
    private final Complaints complaints = new Complaints();
    private final List<FolderCatalogue.Written> written = new ArrayList<>();

    private CatalogueLoader(Schemas schemas, Mappings mappings, AttachmentLimits limits) {
        this.schemas = schemas;
        this.mappings = mappings;
        this.limits = limits;
    }

    /**
     * Reads {@code <routes>/*}{@code /agreement*.yaml}.
     *
     * @param limits of the gateway, beyond which no agreement may go
     * @throws CatalogueRefused naming file, line and remedy of everything that is wrong
     */
    public static FolderCatalogue load(
            Path routes, Schemas schemas, Mappings mappings, Collection<Party> parties, AttachmentLimits limits) {
        return new CatalogueLoader(schemas, mappings, limits).read(routes, parties);
    }

    private FolderCatalogue read(Path routes, Collection<Party> parties) {
        FileSchema schema = new FileSchema(schemas.folder().resolve("agreement.schema.json"));
        for (Path folder : list(routes)) {
            if (Files.isDirectory(folder)) {
                List<Path> files = list(folder).stream()
                        .filter(file -> file.getFileName().toString().matches("agreement.*\\.yaml"))
                        .toList();
                if (files.isEmpty()) {
                    complaints.add(folder, 1, "holds no agreement.yaml; every folder of routes is an exchange");
                }
                files.forEach(file -> agreement(schema, folder.toAbsolutePath(), file));
            }
        }
        FolderCatalogue catalogue = new FolderCatalogue(written, schemas);
        for (FolderCatalogue.Written each : written) {
            new FollowingChecks(each.file(), each.agreement(), schemas, complaints).against(catalogue);
        }
        catalogue.check(parties, complaints);
        complaints.refuse();
        return catalogue;
    }

    private void agreement(FileSchema schema, Path folder, Path path) {
        int before = complaints.size();
        YamlFile file = YamlFile.read(path, complaints);
        if (complaints.size() > before) {
            return;
        }
        for (Violation violation : schema.validate(file.root())) {
            complaints.add(file, violation.pointer(), violation.pointer() + " " + violation.rule());
        }
        if (complaints.size() > before) {
            return;
        }
        Agreement agreement;
        try {
            agreement = AgreementReader.read(file.root(), folder);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            complaints.add(path, 1, "has a date, period or number that does not exist: " + e.getMessage());
            return;
        }
        new AgreementChecks(file, agreement, schemas, mappings, limits, complaints).run();
        if (written.stream().anyMatch(other -> other.agreement().exchange().equals(agreement.exchange()))) {
            complaints.add(
                    file,
                    "/version",
                    "is a second agreement on " + agreement.exchange() + "; one version has one agreement");
        }
        written.add(new FolderCatalogue.Written(file, agreement));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return new ArrayList<>(found.sorted().toList());
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read; chapar.routes names the routes' folder", e);
        }
    }
}
