package io.chapar.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangesCommandTest {

    @Test
    void the_page_in_docs_is_the_catalogue_as_it_is_now(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("exchanges.md");

        int code = new CommandLine(new ExchangesCommand()).execute("--write", file.toString());

        assertThat(code).isZero();
        assertThat(Files.readString(Path.of("docs/exchanges.md")))
                .as("docs/exchanges.md is stale: write it again with"
                        + " deploy/chapar exchanges --write docs/exchanges.md")
                .isEqualTo(Files.readString(file));
    }

    @Test
    void the_page_names_receivers_terms_fields_and_what_is_disabled() throws IOException {
        assertThat(Files.readString(Path.of("docs/exchanges.md")))
                .contains(
                        "| [e-visa](#e-visa-10) | notify | ASAN | SBS, SMS | 3 hours or 3 working days | assumption | 80 |")
                .contains("[health-card-registration](#health-card-registration-10) (disabled)")
                .contains("25 calendar days before `/voteDate`")
                .contains("| `/mother` | The mother (¶139). |  | yes |")
                .contains("else the gateway sends `birth-registration-overdue`")
                .contains("restricted: nobody but the receivers reads the content");
    }
}
