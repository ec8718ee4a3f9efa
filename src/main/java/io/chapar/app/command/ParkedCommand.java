package io.chapar.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what receivers would not have. */
@Command(
        name = "parked",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the deliveries that their receivers would not have, in the order of acceptance: ids, codes and times.",
            "Asks a running gateway; every role may look. Exit code 0, or 2: it could not be asked."
        })
final class ParkedCommand implements Callable<Integer> {

    @Mixin
    private ParkedOptions which = new ParkedOptions();

    @Mixin
    private PeoplesPortClient gateway = new PeoplesPortClient();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode shown = gateway.call(ParkedOptions.BEAN, "list", which.arguments(false));
        if (!shown.path("understood").asBoolean()) {
            throw new IOException(shown.path("text").asText());
        }
        Output out = new Output(spec);
        String row = "%-36s  %-12s %-28s %-20s %-27s %8s";
        if (!shown.path("parked").isEmpty()) {
            out.line(row, "delivery", "receiver", "exchange", "answer", "since", "attempts");
        }
        for (JsonNode one : shown.path("parked")) {
            out.line(
                    row,
                    one.path("deliveryId").asText(),
                    one.path("receiver").asText(),
                    one.path("exchange").asText() + " " + one.path("version").asText(),
                    one.path("code").asText(),
                    one.path("since").asText(),
                    one.path("attempts").asText());
        }
        out.line("%s", shown.path("text").asText());
        return 0;
    }
}
