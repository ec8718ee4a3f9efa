package io.chapar.app.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaFilesTest {

    private static final Path SCHEMAS = Path.of("schemas").toAbsolutePath();

    @Test
    void a_folder_that_is_a_link_to_another_is_read_like_that_one(@TempDir Path folder) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("current"), SCHEMAS);

        assertThat(new SchemaFiles(link).names(""))
                .contains("common/1.0/common.xsd")
                .isEqualTo(new SchemaFiles(SCHEMAS).names(""));
    }

    @Test
    void what_lies_elsewhere_in_it_is_not_for_agencies() {
        assertThat(new SchemaFiles(SCHEMAS).names(""))
                .noneMatch(name -> name.startsWith("code-lists/") || !name.contains("/"));
    }
}
