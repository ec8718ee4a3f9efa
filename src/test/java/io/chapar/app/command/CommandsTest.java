package io.chapar.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    static Stream<CommandLine> everyCommand() {
        return below(Commands.all());
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandsTest::below));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void each_tells_of_itself_when_asked_for_help_and_does_nothing(CommandLine command) {
        StringWriter said = new StringWriter();

        int code = command.setOut(new PrintWriter(said)).execute("--help");

        assertThat(code).isZero();
        CommandLine.Model.UsageMessageSpec own = command.getCommandSpec().usageMessage();
        assertThat(said.toString())
                .startsWith("Usage:")
                .contains(command.getCommandName())
                // Not broken a second time, nor taken for a format that it is not.
                .contains(Stream.concat(Stream.of(own.description()), Stream.of(own.footer()))
                        .map(line -> line.replace("%%", "%"))
                        .toList());
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

    @Test
    void certificates_are_made_for_whoever_the_directory_names(@TempDir Path folder) throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("parties.yaml"), "parties: [{code: FIRE-SERVICE}, {code: no code}]");
        CommandLine commands = new CommandLine(new Commands()).setOut(new PrintWriter(new StringWriter()));
        Path made = folder.resolve("made");

        assertThat(commands.execute("certificates", "--routes", routes.toString(), made.toString()))
                .isZero();

        assertThat(made.resolve("FIRE-SERVICE/sign.key.pem")).isRegularFile();
        assertThat(made.resolve("CHAPAR/tls.cert.pem")).isRegularFile();
        assertThat(made.resolve("MH")).doesNotExist();
        assertThat(made.resolve("no code")).doesNotExist();
    }

    @Test
    void refused_to_make_certificates_when_the_directory_cannot_be_read(@TempDir Path folder) {
        StringWriter said = new StringWriter();
        CommandLine commands = new CommandLine(new Commands()).setErr(new PrintWriter(said));

        int code = Commands.run(
                commands,
                "certificates",
                "--routes",
                folder.toString(),
                folder.resolve("made").toString());

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains("parties.yaml:1: cannot be read");
        assertThat(folder.resolve("made")).doesNotExist();
    }
}
