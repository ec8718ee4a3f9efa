package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads every agreement, and refuses all of them when one could not be enforced. */
public final class CatalogueLoader {

    private final Schemas schemas;
    private final Mappings mappings;
    private final Collection<Party> parties;
    private final AttachmentLimits limits;
    private final Complaints complaints = new Complaints();
    /** What can be held against the others only when all are read. */
    private final List<Consumer<Map<ExchangeVersion, Agreement>>> together = new ArrayList<>();

    private CatalogueLoader(Schemas schemas, Mappings mappings, Collection<Party> parties, AttachmentLimits limits) {
        this.schemas = schemas;
        this.mappings = mappings;
        this.parties = parties;
        this.limits = limits;
    }

    /**
     * Reads {@code <routes>/*}{@code /agreement*.yaml}.
     *
     * @param limits of the gateway, beyond which no agreement may go
     * @throws CatalogueRefused naming file, line and remedy of everything that is wrong
     */
    public static Catalogue load(
            Path routes, Schemas schemas, Mappings mappings, Collection<Party> parties, AttachmentLimits limits) {
        return new CatalogueLoader(schemas, mappings, parties, limits).read(routes);
    }

    private Catalogue read(Path routes) {
        FileSchema schema = new FileSchema(schemas.folder().resolve("agreement.schema.json"));
        Map<ExchangeVersion, Agreement> agreements = new HashMap<>();
        for (Path folder : list(routes)) {
            if (Files.isDirectory(folder)) {
                List<Path> files = list(folder).stream()
                        .filter(file -> file.getFileName().toString().matches("agreement.*\\.yaml"))
                        .toList();
                if (files.isEmpty()) {
                    complaints.add(folder, 1, "holds no agreement.yaml; every folder of routes is an exchange");
                }
                files.forEach(file -> agreement(schema, folder.toAbsolutePath(), file, agreements));
            }
        }
        together.forEach(checks -> checks.accept(agreements));
        complaints.refuse();
        return new FolderCatalogue(agreements);
    }

    private void agreement(FileSchema schema, Path folder, Path path, Map<ExchangeVersion, Agreement> agreements) {
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
        new AgreementChecks(file, agreement, schemas, mappings, parties, limits, complaints).run();
        together.add(new FollowingChecks(file, agreement, schemas, complaints)::against);
        together.add(new ForbiddenChecks(file, agreement, schemas, parties, complaints)::against);
        Agreement other = agreements.put(agreement.exchange(), agreement);
        if (other != null) {
            complaints.add(
                    file,
                    "/version",
                    "is a second agreement on " + agreement.exchange() + "; one version has one agreement");
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return new ArrayList<>(found.sorted().toList());
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read; chapar.routes names the routes' folder", e);
        }
    }
}
