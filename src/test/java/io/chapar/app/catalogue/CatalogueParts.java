package io.chapar.app.catalogue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names the parts that a row of the catalogue lacks. */
final class CatalogueParts {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** The seven letters that no Latin alphabet beside it has together, as small and as capital letters. */
    private static final Pattern AZERBAIJANI = Pattern.compile("[əğıöşüçƏĞİÖŞÜÇ]");

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
                Path file = schemas.resolve("samples").resolve(sample + form);
                if (file(file)
                        && sample.equals("azerbaijani")
                        && !AZERBAIJANI.matcher(Files.readString(file)).find()) {
                    missing.add(file + " has no Azerbaijani letter");
                }
            }
        }
        RowScenarios.look(row, RowScenarios.in(routes.resolve("scenarios")), missing);
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

    private boolean file(Path file) {
        if (!Files.isRegularFile(file)) {
            missing.add(file + " is missing");
            return false;
        }
        return true;
    }
}
