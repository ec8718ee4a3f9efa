package io.chapar.app.catalogue;

import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the catalogue to the list of its rows, and every row to all of its parts. That whatever is taken away is told,
 * EveryPartCountsTest shows.
 */
class CatalogueRowsTest {

    static List<CatalogueRow> rows() {
        return CatalogueRow.all();
    }

    @Test
    void the_catalogue_holds_every_row() {
        assertThat(rows()).hasSize(30);
        assertThat(RealFiles.CATALOGUE.all().stream()
                        .map(agreement -> agreement.exchange().exchange()))
                .containsAll(rows().stream().map(CatalogueRow::code).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_has_all_its_parts(CatalogueRow row) throws IOException, Malformed {
        assertThat(CatalogueParts.missing(Path.of(""), row)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes/person-lookup/agreement.yaml | pattern: query | pattern: notify | has as pattern",
                "routes/person-lookup/agreement.yaml | party: SPR | party: SMS | has as receivers",
                "schemas/person-lookup/1.0/person-lookup.answer.schema.json | ¶32 | | cites for",
                "schemas/person-lookup/1.0/person-lookup.xsd | ¶140 | ¶141 | cites for",
                "schemas/person-lookup/1.0/samples/azerbaijani.xml | ə | a | azerbaijani.xml has no ə",
                "schemas/person-lookup/1.0/samples/azerbaijani.json | ğ | g | azerbaijani.json has no ğ",
                "schemas/person-lookup/1.0/samples/azerbaijani.xml | ı | i | azerbaijani.xml has no ı",
                "schemas/person-lookup/1.0/samples/azerbaijani.json | İ | I | azerbaijani.json has no İ",
                "schemas/person-lookup/1.0/samples/azerbaijani.xml | ö | o | azerbaijani.xml has no ö",
                "schemas/person-lookup/1.0/samples/azerbaijani.json | ş | s | azerbaijani.json has no ş",
                "schemas/person-lookup/1.0/samples/azerbaijani.xml | ü | u | azerbaijani.xml has no ü",
                "schemas/person-lookup/1.0/samples/azerbaijani.json | ç | c | azerbaijani.json has no ç",
            })
    void a_row_of_which_a_part_says_less_is_told(
            String file, String said, String instead, String told, @TempDir Path root) throws Exception {
        copy(root);
        Path changed = root.resolve(file);
        String before = Files.readString(changed);
        Files.writeString(changed, before.replaceAll(said, instead == null ? "" : instead));
        assertThat(Files.readString(changed)).isNotEqualTo(before);

        assertTold(root, told);
    }

    private static void assertTold(Path root, String told) throws IOException, Malformed {
        assertThat(CatalogueParts.missing(root, row()))
                .anySatisfy(missing -> assertThat(missing).contains(told));
    }

    private static CatalogueRow row() {
        return rows().stream()
                .filter(each -> each.code().equals("person-lookup"))
                .findFirst()
                .orElseThrow();
    }

    private static void copy(Path root) throws IOException, Malformed {
        for (String folder : List.of("routes/person-lookup", "schemas/person-lookup")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = root.resolve(file.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        assertThat(CatalogueParts.missing(root, row())).isEmpty();
    }
}
