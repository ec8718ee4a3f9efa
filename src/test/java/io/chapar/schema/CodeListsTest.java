package io.chapar.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A code list and the enumerations that repeat it have the same codes, in XSD and in JSON Schema. */
class CodeListsTest {

    private static final List<String> SOME = List.of("code-lists", "common", "readmission-case");
    private static final String UNUSED = "no type has the codes of ";

    @Test
    void every_list_is_repeated_as_it_is_by_every_schema_that_uses_it() throws Exception {
        assertThat(CodedTypes.differences(Path.of("schemas"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code-lists/sexes.xml | <entry code=\"X\">.*?</entry> | '' | sex has [F, M, X], its list [F, M]",
                "code-lists/sexes.xml | code=\"X\" | code=\"F\" | has a code twice",
                "code-lists/sexes.xml | name=\"sexes\" | name=\"genders\" | cites the list sexes, which is not there",
                "code-lists/sexes.xml | \"sexes\" version=\"1.0\" | \"sexes\" | has no version",
                "code-lists/countries.xml | code=\"AZE\" kind=\"country\" | code=\"AZE\" kind=\"issuer\" | common.xsd country has",
                "code-lists/readmission-needs.xml | code=\"preschool\" | code=\"kindergarten\" | educationNeed has",
                "code-lists/readmission-needs.xml | code=\"preschool\" kind=\"education\" | code=\"preschool\" kind=\"medical\" | medicalNeed has",
                "common/1.0/common.xsd | <xs:enumeration value=\"X\"/> | '' | sex has [F, M], its list [F, M, X]",
                "common/1.0/common.xsd | value=\"AZE\" | value=\"AZX\" | country has",
                "common/1.0/common.xsd | Code list document-types\\. | '' | documentType has the codes of document-types and does not say so",
                "common/1.0/common.schema.json | \"AZE\" | \"AZX\" | /$defs/country has",
                "common/1.0/common.schema.json | \"XPO\",\\s* | '' | /$defs/specialIssuer has",
                "readmission-case/1.0/readmission-case.schema.json | \"preschool\" | \"kindergarten\" | /$defs/educationNeed has",
                "readmission-case/1.0/readmission-case.schema.json | \"educationNeed\": | \"needs\": | enumerates educationNeed, and no JSON Schema does",
            })
    void a_difference_is_told(String file, String said, String instead, String told, @TempDir Path root)
            throws Exception {
        copy(root);
        Path changed = root.resolve(file);
        String before = Files.readString(changed);
        Files.writeString(changed, before.replaceAll(said, instead));
        assertThat(Files.readString(changed)).isNotEqualTo(before);

        assertThat(CodedTypes.differences(root))
                .anySatisfy(difference -> assertThat(difference).contains(told));
    }

    private static void copy(Path root) throws Exception {
        for (String folder : SOME) {
            try (Stream<Path> files = Files.walk(Path.of("schemas", folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = root.resolve(Path.of("schemas").relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        assertThat(CodedTypes.differences(root)).allMatch(difference -> difference.startsWith(UNUSED));
    }
}
