package io.chapar.habits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramTest {

    @ParameterizedTest
    @ValueSource(strings = {"v18.19.0", "v19.9.0", "v9.11.2", "v2.0.0", "20", "", "node: not found"})
    void a_node_that_is_older_or_says_no_version_is_too_old(String version) {
        assertThat(Program.isTooOld(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.0.0", "v20.20.2\n", "v22.11.0", "v100.1.0"})
    void a_node_that_is_new_enough_is_taken(String version) {
        assertThat(Program.isTooOld(version)).isFalse();
    }

    @Test
    void the_oldest_node_is_that_of_the_scripts_package() throws IOException {
        assertThat(Path.of("src/test/node/package.json"))
                .content()
                .contains("\"node\": \">=" + Program.OLDEST_NODE + "\"");
        assertThat(Files.readString(Path.of("docs/first-message.md"))).contains("Node " + Program.OLDEST_NODE);
    }
}
