package io.chapar.app.catalogue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chapar.instances.XsdReading;
import io.chapar.message.ExchangeVersion;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names the parts that a row of the catalogue lacks. */
final class CatalogueParts {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path root;
    private final CatalogueRow row;
    private final List<String> missing = new ArrayList<>();

    private CatalogueParts(Path root, CatalogueRow row) {
        this.root = root;
        this.row = row;
    }

    /** Empty when nothing is missing. */
    static List<String> missing(Path root, CatalogueRow row) throws IOException, Malformed {
        CatalogueParts parts = new CatalogueParts(root, row);
        parts.look();
        return parts.missing;
    }

    private void look() throws IOException, Malformed {
        Path routes = root.resolve("routes").resolve(row.code());
        Path schemas = root.resolve("schemas").resolve(row.code()).resolve("1.0");
        file(routes.resolve(row.code() + ".camel.yaml"));
        if (file(routes.resolve("agreement.yaml"))) {
            RowAgreement.look(
                    row, YAML.readTree(routes.resolve("agreement.yaml").toFile()), routes, missing);
        }
        for (String sample : List.of("minimal", "full", "azerbaijani")) {
            for (String form : List.of(".xml", ".json")) {
                file(schemas.resolve("samples").resolve(sample + form));
            }
        }
        RowScenarios.look(row, RowScenarios.in(routes.resolve("scenarios")), missing);
        ExchangeVersion exchange = new ExchangeVersion(row.code(), "1.0");
        if (AzerbaijaniLetters.fitIn(XsdReading.root(
                Path.of("schemas"),
                exchange,
                RealFiles.SCHEMAS.of(exchange).message().root()))) {
            letters(schemas.resolve("samples"), routes.resolve("scenarios"));
        }
        Path xsd = schemas.resolve(row.code() + ".xsd");
        List<Path> json = new ArrayList<>(List.of(schemas.resolve(row.code() + ".schema.json")));
        if (row.pattern().equals("query")) {
            json.add(schemas.resolve(row.code() + ".answer.schema.json"));
        }
        boolean all = file(xsd);
        for (Path schema : json) {
            all &= file(schema);
        }
        if (all) {
            FieldAnnotations.look(row.code(), xsd, json, missing);
        }
    }

    /** The sample has them all, and they are seen to arrive wherever an agency can send it. */
    private void letters(Path samples, Path scenarios) throws IOException, Malformed {
        for (String form : List.of("azerbaijani.xml", "azerbaijani.json")) {
            Path sample = samples.resolve(form);
            String lacking = Files.exists(sample) ? AzerbaijaniLetters.missing(sample) : "";
            if (!lacking.isEmpty()) {
                missing.add(sample + " has no " + lacking);
            }
        }
        if (!row.disabled() && !row.pattern().equals("emit")) {
            file(scenarios.resolve("azerbaijani-letters-survive.yaml"));
        }
    }

    private boolean file(Path file) {
        if (!Files.isRegularFile(file)) {
            missing.add(file + " is missing");
            return false;
        }
        return true;
    }
}
