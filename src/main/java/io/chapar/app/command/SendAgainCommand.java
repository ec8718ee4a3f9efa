package io.chapar.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends parked deliveries again. */
@Command(
        name = "send-again",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends parked deliveries again, once each: those that are named, or those that the options mean. What was held",
            "behind them follows in its order. It is recorded, with the login. Asks a running gateway; operator and admin",
            "may. Exit code 0: sent; 1: at least one was not parked; 2: it could not be asked."
        })
final class SendAgainCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "DELIVERY", description = "Ids, as parked prints them.")
    private List<UUID> deliveries = List.of();

    @Mixin
    private ParkedOptions which = new ParkedOptions();

    @Option(names = "--all", description = "All that is parked.")
    private boolean all;

    @Mixin
    private PeoplesPortClient gateway = new PeoplesPortClient();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean filtered = all || !which.none();
        if (spec != null && filtered == !deliveries.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Say either which deliveries, or what they have in common, or --all.");
        }
        return filtered ? byFilter() : oneByOne();
    }

    private int byFilter() throws IOException, InterruptedException {
        JsonNode answer = gateway.call(ParkedOptions.BEAN, "sendAllAgain", which.arguments(all));
        new Output(spec).line("%s", answer.path("text").asText());
        return answer.path("sent").asInt() > 0 ? 0 : 1;
    }

    private int oneByOne() throws IOException, InterruptedException {
        boolean every = true;
        for (UUID delivery : deliveries) {
            JsonNode answer = gateway.call(ParkedOptions.BEAN, "sendAgain", List.of(delivery.toString()));
            every &= answer.path("sent").asInt() == 1;
            new Output(spec).line("%s  %s", delivery, answer.path("text").asText());
        }
        return every ? 0 : 1;
    }
}
