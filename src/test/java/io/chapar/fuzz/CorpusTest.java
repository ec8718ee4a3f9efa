package io.chapar.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What fuzzing begins with, and what it has found once, each given to its target. */
class CorpusTest {

    static List<String> targets() {
        return Targets.names();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void taken_or_refused_as_promised(String target) throws Exception {
        Target made = Targets.named(target);

        for (Path seed : Seeds.files(target)) {
            made.take(Seeds.bytes(seed));
        }
    }

    @Test
    void every_folder_of_seeds_is_of_a_target() throws Exception {
        try (Stream<Path> folders = Files.list(Seeds.FOLDER)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).filter(name -> !name.equals("pki")))
                    .containsExactlyInAnyOrderElementsOf(Targets.names());
        }
    }

    @Test
    void a_promise_that_does_not_hold_is_found() {
        assertThatThrownBy(() -> Target.promise(false, "anything"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("anything");
    }
}
