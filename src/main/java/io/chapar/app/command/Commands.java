package io.chapar.app.command;

import io.chapar.sandbox.benchmark.BenchmarkCommand;
import io.chapar.sandbox.command.PlayCommand;
import io.chapar.sandbox.command.SandboxCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands by name; further ones are added to the list of subcommands. */
@Command(
        name = "chapar",
        mixinStandardHelpOptions = true,
        description = "Commands beside the gateway itself.",
        subcommands = {
            LedgerCommand.class,
            EquationCommand.class,
            PlayCommand.class,
            SandboxCommand.class,
            BenchmarkCommand.class,
            ProblemsCommand.class
        })
public final class Commands {

    /** Whether the arguments name a command rather than settings of the gateway. */
    public static boolean handles(String[] args) {
        return args.length > 0
                && (new CommandLine(new Commands()).getSubcommands().containsKey(args[0])
                        || args[0].equals("--help")
                        || args[0].equals("-h"));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String[] args) {
        return new CommandLine(new Commands())
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    commandLine.getErr().println("It could not be done: " + e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }
}
