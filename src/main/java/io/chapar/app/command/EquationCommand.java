package io.chapar.app.command;

import io.chapar.record.Database;
import io.chapar.record.Equation;
import io.chapar.record.Equations;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints accepted = delivered + waiting + parked + withdrawn + without receiver, counted. */
@Command(
        name = "equation",
        mixinStandardHelpOptions = true,
        description = {
            "Counts what was accepted and what became of it, by receiver, and lists every id that does not fit.",
            "Runs beside a running gateway or without one. Exit code 0: it holds; 1: it does not;",
            "2: it could not be counted."
        })
final class EquationCommand implements Callable<Integer> {

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Database database = options.open()) {
            return print(new Equations(database).count(Optional.empty()));
        }
    }

    private int print(Equation equation) {
        Output out = new Output(spec);
        String row = "%-20s %12s %12s %12s %12s %12s";
        out.line(row, "receiver", "accepted", "delivered", "waiting", "parked", "withdrawn");
        for (Equation.Row one : equation.rows()) {
            out.line(
                    row.replace("12s", ",12d"),
                    one.receiver(),
                    one.accepted(),
                    one.delivered(),
                    one.waiting(),
                    one.parked(),
                    one.withdrawn());
        }
        out.line("%-20s %,12d", "without receiver", equation.noReceiver());
        out.line("");
        out.line(
                "accepted %,d %s delivered %,d + waiting %,d + parked %,d + withdrawn %,d + without receiver %,d",
                equation.accepted(),
                equation.holds() ? "=" : "does not equal, id by id,",
                equation.delivered(),
                equation.waiting(),
                equation.parked(),
                equation.withdrawn(),
                equation.noReceiver());
        out.line("(%,d messages, counted by message and receiver)", equation.messages());
        for (Equation.Misfit misfit : equation.misfits()) {
            out.line("does not fit: %s %s", misfit.id(), misfit.why());
        }
        return equation.holds() ? 0 : 1;
    }
}
