package io.chapar.sandbox.command;

import io.chapar.sandbox.agency.Mood;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a simulated agency how to behave. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the simulated agencies, or tells one how to behave.",
            "  sandbox                    lists them",
            "  sandbox SPR down           hangs up without a word",
            "  sandbox SPR slow 500       answers after 500 ms",
            "  sandbox SPR refuse         says 422: will not have this message",
            "  sandbox SPR quote          the same, and repeats in its answer who the message is about",
            "  sandbox SPR refuse-once    refuses the next one only",
            "  sandbox SPR error          says 500",
            "  sandbox SPR silent         keeps it, and the acknowledgement gets lost",
            "  sandbox SPR cut            the same, in the middle of the acknowledgement",
            "  sandbox SPR twice          acknowledges twice, from its mailbox or into its queue",
            "  sandbox SPR note           acknowledges, and adds a note of who the message is about",
            "  sandbox SPR wrong-digest   acknowledges something else",
            "  sandbox SPR bad-signature  acknowledges with a signature over something else",
            "  sandbox SPR up             well again"
        })
public final class SandboxCommand implements Callable<Integer> {

    private static final String SLOW = "slow";

    @Mixin
    private final SandboxLine sandbox = new SandboxLine();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PARTY")
    private @Nullable String party;

    @Parameters(index = "1", arity = "0..1", paramLabel = "BEHAVIOUR", defaultValue = "up")
    private String behaviour = "up";

    @Parameters(index = "2", arity = "0..1", paramLabel = "MILLISECONDS", defaultValue = "0")
    private int delay;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        if (party == null) {
            return sandbox.call("GET", "agencies", spec.commandLine().getOut());
        }
        String mood = behaviour.equals(SLOW) ? Mood.Kind.UP.word() : behaviour;
        if (Mood.Kind.ofWord(mood).isEmpty() || !party.matches("[A-Z0-9-]+") || delay < 0) {
            throw new ParameterException(spec.commandLine(), "unknown party or behaviour; see --help");
        }
        String path = String.format(Locale.ROOT, "mood?party=%s&mood=%s&delay=%d", party, mood, delay);
        return sandbox.call("POST", path, spec.commandLine().getOut());
    }
}
