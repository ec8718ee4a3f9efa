package io.chapar.app;

import io.chapar.app.command.Commands;
import io.chapar.trust.ThreadRandom;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the gateway; or, when the first argument is the name of a command, runs that command and ends. */
@SpringBootApplication(scanBasePackages = {"io.chapar.app", "io.chapar.sandbox"})
@ConfigurationPropertiesScan({"io.chapar.app", "io.chapar.sandbox"})
public class Chapar {

    private static final int FAILED = 1;

    public static void main(String[] arguments) {
        ThreadRandom.install();
        if (Commands.handles(arguments)) {
            System.exit(Commands.run(arguments));
        }
        SpringApplication gateway = new SpringApplication(Chapar.class);
        gateway.addListeners(
                new FirstStart(), new LongestStop(() -> Runtime.getRuntime().halt(FAILED)));
        try {
            gateway.run(arguments);
        } catch (RuntimeException | Error e) {
            // It has been told. Threads of what had started already must not keep the process for a minute.
            System.exit(FAILED);
        }
    }
}
