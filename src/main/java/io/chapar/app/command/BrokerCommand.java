package io.chapar.app.command;

import io.chapar.app.BrokerProcess;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a broker that several gateways share. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one of the pair of brokers that several gateways share, until it is ended. Both processes are started",
            "in the same way, with the same folder: whichever holds the lock in it serves, the other waits for it.",
            "Ends with 1 when it cannot write its journal any more: whatever supervises it should start it again.",
            "Takes the gateway's settings, after --, above all --chapar.broker.store, .nodes-port and .amqp-port."
        })
final class BrokerCommand implements Callable<Integer> {

    private static final int ENDED = 0;
    private static final int STOPPED_ITSELF = 1;

    @Parameters(arity = "0..*", paramLabel = "SETTING", description = "Such as --chapar.broker.store=/shared/broker.")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws InterruptedException {
        return BrokerProcess.run(settings.toArray(String[]::new)) ? ENDED : STOPPED_ITSELF;
    }
}
