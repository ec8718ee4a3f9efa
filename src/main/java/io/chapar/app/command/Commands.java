package io.chapar.app.command;

import ch.qos.logback.classic.Level;
import io.chapar.sandbox.command.PlayCommand;
import io.chapar.sandbox.command.SandboxCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name; further ones are added to the list of subcommands. */
@Command(
        name = "chapar",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        description = "Commands beside the gateway itself.",
        subcommands = {
            LedgerCommand.class,
            EquationCommand.class,
            ParkedCommand.class,
            SendAgainCommand.class,
            PlayCommand.class,
            SandboxCommand.class,
            BenchmarkCommand.class,
            CertificatesCommand.class,
            ProblemsCommand.class,
            ExchangesCommand.class,
            MatrixCommand.class,
            FaultsCommand.class,
            LoadCommand.class,
            TrafficCommand.class,
            FalseClockCommand.class,
            BrokerCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class Commands {

    private static final int WIDTH = 120;
    private static final Set<String> OWN_OPTIONS = Set.of("--help", "-h", "--version", "-V");

    /**
     * Whether the arguments name a command rather than settings of the gateway. A word that is neither is taken for a
     * command, so that a slip of the pen is told and does not start a gateway.
     */
    public static boolean handles(String[] args) {
        return args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String[] args) {
        // What a command prints is its answer; the libraries' diary is not part of it.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
        // Signed notes are UTF-8 whatever the terminal says it is.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        return run(all().setOut(out), args);
    }

    /** Lists below a command's help what it knows by name. */
    static void list(CommandSpec spec, String title, Map<String, String> texts) {
        int width = texts.keySet().stream().mapToInt(String::length).max().orElse(1);
        Stream<String> lines = texts.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "  %-" + width + "s  %s", each.getKey(), each.getValue()))
                // To picocli it begins a format.
                .map(line -> line.replace("%", "%%"));
        spec.usageMessage().footer(Stream.concat(Stream.of("", title), lines).toArray(String[]::new));
    }

    /** As wide as their texts are written. */
    static CommandLine all() {
        return new CommandLine(new Commands()).setUsageHelpWidth(WIDTH);
    }

    /** What goes wrong is told in words, where the command's errors go. */
    static int run(CommandLine commands, String... args) {
        return commands.setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    commandLine.getErr().println("It could not be done: " + e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }

    /** The version of the jar; what was not packaged has none. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "chapar "
                        + Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
                                .orElse("(not packaged)")
            };
        }
    }
}
