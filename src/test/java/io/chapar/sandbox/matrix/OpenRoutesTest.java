package io.chapar.sandbox.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OpenRoutesTest {

    @Test
    void in_the_copy_of_the_routes_nothing_is_disabled_and_all_else_is_the_same(@TempDir Path folder)
            throws IOException {
        Path copy = OpenRoutes.copy(Path.of("routes"), folder.resolve("routes"));

        String disabled = "health-card-registration/agreement.yaml";
        assertThat(Files.readAllLines(Path.of("routes").resolve(disabled)).stream()
                        .filter(line -> !line.startsWith("disabled:")))
                .containsExactlyElementsOf(Files.readAllLines(copy.resolve(disabled)))
                .hasSizeLessThan(
                        Files.readAllLines(Path.of("routes").resolve(disabled)).size());
        assertThat(copy.resolve("parties.yaml")).hasSameTextualContentAs(Path.of("routes/parties.yaml"));
    }
}
