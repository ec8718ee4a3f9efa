package io.chapar.app.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;

/** The people's port, once for all tests; it ends with their process. */
final class RunningConsole {

    private static final ServerCertificate CERTIFICATE = ServerCertificate.in(folder().resolve("certs"));
    private static final AtomicInteger SESSION_MINUTES = new AtomicInteger();
    private static final ConfigurableApplicationContext GATEWAY = new SpringApplicationBuilder(
                    ConsoleApplication.class, ConsoleTls.class)
            .listeners(RunningConsole::opened)
            .run(
                    "--chapar.certificates=" + CERTIFICATE.folder(),
                    "--chapar.routes=" + CERTIFICATE.folder().getParent(),
                    // Beside it, in the same process, gateways of other tests are called as ever.
                    "--camel.main.name=people",
                    "--server.port=0",
                    "--management.server.port=0");

    private RunningConsole() {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("console");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void opened(ApplicationEvent event) {
        if (event instanceof WebServerInitializedEvent opened
                && "management".equals(opened.getApplicationContext().getServerNamespace())
                && opened.getWebServer() instanceof TomcatWebServer server) {
            for (Container context : server.getTomcat().getHost().findChildren()) {
                SESSION_MINUTES.set(((Context) context).getSessionTimeout());
            }
        }
    }

    /** How long a session of the people's port lasts without use. */
    static int sessionMinutes() {
        return SESSION_MINUTES.get();
    }

    static int people() {
        return GATEWAY.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    static int agencies() {
        return GATEWAY.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static CamelContext camel() {
        return GATEWAY.getBean(CamelContext.class);
    }

    static SSLContext trusted() {
        return CERTIFICATE.trusted();
    }
}
