package io.chapar.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.console.EquationEndpoint;
import io.chapar.record.Database;
import io.chapar.record.Equations;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints accepted = delivered + waiting + parked + withdrawn + without receiver, counted. */
@Command(
        name = "equation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Counts what was accepted and what became of it, by receiver, and lists every id that does not fit.",
            "Asks a running gateway, which also holds what waits in the record against what its broker holds; every role",
            "may ask. Without a gateway or a password, and where --data or --database names a record, the record alone is",
            "counted, and the answer says that the broker was not asked.",
            "Exit code 0: it holds; 1: it does not; 2: it could not be counted."
        })
final class EquationCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Mixin
    private PeoplesPortClient gateway = new PeoplesPortClient();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (named()) {
            return print(ofRecord("a record was named"));
        }
        if (!gateway.hasPassword()) {
            return print(ofRecord("there is no password for a gateway; CHAPAR_PASSWORD may have it"));
        }
        try {
            return print(JSON.treeToValue(gateway.page("/actuator/equation"), EquationEndpoint.Told.class));
        } catch (PeoplesPortClient.NobodyThere e) {
            return print(ofRecord(String.valueOf(e.getMessage())));
        }
    }

    private boolean named() {
        return spec != null
                && Stream.of("--data", "--database").anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    }

    private EquationEndpoint.Told ofRecord(String brokerNotAsked) throws IOException {
        try (Database database = options.open()) {
            return EquationEndpoint.Told.of(
                    new Equations(database).count(Optional.empty()), Optional.of(brokerNotAsked));
        }
    }

    private int print(EquationEndpoint.Told equation) {
        Output out = new Output(spec);
        String row = "%-20s %12s %12s %12s %12s %12s";
        out.line(row, "receiver", "accepted", "delivered", "waiting", "parked", "withdrawn");
        for (EquationEndpoint.Receiver one : equation.receivers()) {
            out.line(
                    row.replace("12s", ",12d"),
                    one.receiver(),
                    one.accepted(),
                    one.delivered(),
                    one.waiting(),
                    one.parked(),
                    one.withdrawn());
        }
        out.line("%-20s %,12d", "without receiver", equation.withoutReceiver());
        out.line("");
        out.line(
                "accepted %,d %s delivered %,d + waiting %,d + parked %,d + withdrawn %,d + without receiver %,d",
                equation.accepted(),
                equation.holds() ? "=" : "does not equal, id by id,",
                equation.delivered(),
                equation.waiting(),
                equation.parked(),
                equation.withdrawn(),
                equation.withoutReceiver());
        out.line("(%,d messages, counted by message and receiver)", equation.messages());
        out.line("broker %s", equation.broker());
        for (EquationEndpoint.Misfit misfit : equation.doNotFit()) {
            out.line("does not fit: %s %s", misfit.id(), misfit.why());
        }
        if (equation.moreDoNotFit() > 0) {
            out.line("and %,d more do not fit", equation.moreDoNotFit());
        }
        return equation.holds() ? 0 : 1;
    }
}
