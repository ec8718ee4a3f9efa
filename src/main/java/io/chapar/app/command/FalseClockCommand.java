package io.chapar.app.command;

import ch.qos.logback.classic.Level;
import io.chapar.app.Chapar;
import io.chapar.sandbox.faults.FalseClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A gateway for the faults of a clock. There is no setting by which any other gateway gets such a clock. */
@Command(
        name = FalseClock.COMMAND,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Starts a gateway whose clock is wrong by as much as a file says; the command faults does this.")
final class FalseClockCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("clock");

    @Parameters(index = "1..*", paramLabel = "SETTING")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws InterruptedException {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.INFO);
        }
        SpringApplication gateway = new SpringApplication(Chapar.class);
        Clock clock = new FalseClock(Clock.systemUTC(), file);
        gateway.addInitializers(context -> context.getBeanFactory().registerSingleton("clock", clock));
        gateway.run(settings.toArray(String[]::new));
        // Whoever ends the process ends the gateway.
        new CountDownLatch(1).await();
        return 0;
    }
}
