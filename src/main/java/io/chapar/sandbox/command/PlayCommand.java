package io.chapar.sandbox.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Plays another morning in a running gateway's sandbox. */
@Command(
        name = "play",
        mixinStandardHelpOptions = true,
        description = "Plays another morning in the running sandbox, and prints its progress and its table.")
public final class PlayCommand implements Callable<Integer> {

    @Mixin
    private final SandboxLine sandbox = new SandboxLine();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        return sandbox.call("POST", "play", spec.commandLine().getOut());
    }
}
