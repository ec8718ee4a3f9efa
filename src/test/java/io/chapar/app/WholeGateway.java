package io.chapar.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A whole gateway in the process of the test, on ports that are free, in a folder of its own, without simulated agencies. */
public final class WholeGateway {

    /** For one whose routes nobody watches: making them visible is a sixth of its start. */
    public static final String UNWATCHED = "--camel.main.jmx-enabled=false";

    private WholeGateway() {}

    /** As everybody starts it, but that it ends with the test and not with the process. */
    public static SpringApplication application(Class<?>... more) {
        SpringApplication application = new SpringApplication(Chapar.class);
        application.addPrimarySources(List.of(more));
        application.addListeners(new FirstStart());
        application.setRegisterShutdownHook(false);
        return application;
    }

    /** Its data and its certificates lie in this folder. */
    public static List<String> settings(Path folder, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--chapar.broker.amqp-port=0",
                "--chapar.data=" + folder.resolve("data"),
                "--chapar.certificates=" + folder.resolve("certificates"),
                "--chapar.sandbox.enabled=false"));
        settings.addAll(List.of(more));
        return settings;
    }

    public static ServletWebServerApplicationContext start(List<String> settings, Class<?>... more) {
        return (ServletWebServerApplicationContext) application(more).run(settings.toArray(String[]::new));
    }
}
