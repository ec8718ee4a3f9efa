package io.chapar.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"--server.port=1", "--chapar.data=x", "-Dx=y"})
    void settings_start_the_gateway(String argument) {
        assertThat(Commands.handles(new String[] {argument})).isFalse();
    }

    @Test
    void nothing_at_all_starts_the_gateway() {
        assertThat(Commands.handles(new String[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "certificates", "--help", "--version", "verfy"})
    void words_are_commands_even_misspelt_ones(String argument) {
        assertThat(Commands.handles(new String[] {argument})).isTrue();
    }

    @Test
    void refused_with_a_hint_when_misspelt() {
        StringWriter said = new StringWriter();

        int code = new CommandLine(new Commands()).setErr(new PrintWriter(said)).execute("verfy");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains("verfy", "Did you mean");
    }

    @Test
    void certificates_are_made_without_a_gateway_and_made_once(@TempDir Path folder) {
        StringWriter said = new StringWriter();
        CommandLine commands = new CommandLine(new Commands()).setOut(new PrintWriter(said));

        assertThat(commands.execute("certificates", folder.resolve("made").toString()))
                .isZero();

        assertThat(folder.resolve("made/ca.cert.pem")).isRegularFile();
        assertThat(folder.resolve("made/MH/sign.key.pem")).isRegularFile();
        assertThat(said.toString()).contains("chapar-dev");
    }
}
