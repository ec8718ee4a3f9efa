package io.chapar.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsCommandTest {

    @Test
    void the_page_in_docs_is_the_table_as_it_is_now() throws IOException {
        assertThat(Files.readString(Path.of("docs/problems.md")))
                .as("docs/problems.md is stale: write it again with the command problems --write docs/problems.md")
                .isEqualTo(ProblemsCommand.page());
    }

    @Test
    void the_command_writes_the_page(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("problems.md");

        int code = new CommandLine(new ProblemsCommand()).execute("--write", file.toString());

        assertThat(code).isZero();
        assertThat(Files.readString(file)).isEqualTo(ProblemsCommand.page());
    }
}
