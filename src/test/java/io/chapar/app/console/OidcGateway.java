package io.chapar.app.console;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chapar.app.LaterClock;
import io.chapar.message.PartyCode;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** The people's port of a gateway whose people log in at an identity provider, and one program that has a password. */
final class OidcGateway implements AutoCloseable {

    static final String BEGIN = "/hawtio/login/oidc";
    static final String RETURN = BEGIN + "/code";
    static final String PROGRAM = "metrics";
    static final String PASSWORD = "of-a-program";

    /** Whose certificate, which is one for this machine, the provider has. */
    private static final String PROVIDERS_PARTY = "MH";

    private final SSLContext trusted;
    private final IdentityProvider provider;
    private final ConfigurableApplicationContext context;
    private final HttpResponse<String> answerWhileAway;
    private final List<Authentication> remembered = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LaterClock clock = new LaterClock();

    OidcGateway(Path folder) throws IOException, InterruptedException {
        DevelopmentPki.make(folder.resolve("certificates"), List.of(PartyCode.CHAPAR, new PartyCode(PROVIDERS_PARTY)));
        Path authority = folder.resolve("certificates/ca.cert.pem");
        trusted = TlsContexts.anonymousClient(PemFiles.certificates(authority));
        provider = IdentityProvider.start(folder.resolve("certificates").resolve(PROVIDERS_PARTY));
        context = new SpringApplicationBuilder(ConsoleApplication.class, ConsoleTls.class)
                .initializers(each -> ((GenericApplicationContext) each).registerBean(Clock.class, () -> clock))
                .listeners(this::loggedIn)
                .run(
                        "--chapar.certificates=" + folder.resolve("certificates"),
                        "--chapar.routes=" + folder,
                        "--chapar.users=" + Files.writeString(folder.resolve("users.yaml"), users()),
                        "--chapar.oidc.issuer=" + provider.issuer(),
                        "--chapar.oidc.client-id=" + IdentityProvider.CLIENT,
                        "--chapar.oidc.client-secret-file="
                                + Files.writeString(folder.resolve("secret"), IdentityProvider.SECRET + "\n"),
                        "--chapar.oidc.trusted=" + authority,
                        "--chapar.oidc.scopes=groups",
                        "--chapar.oidc.role-claim=groups",
                        "--chapar.oidc.viewers=chapar-readers,chapar-viewers",
                        "--chapar.oidc.operators=chapar-operators",
                        "--chapar.oidc.auditors=chapar-auditors",
                        "--chapar.oidc.admins=chapar-admins",
                        "--server.port=0",
                        "--management.server.port=0");
        log.start();
        root().addAppender(log);
        answerWhileAway = browser().get(BEGIN);
        provider.serves("https://localhost:" + port() + RETURN);
        clock.later(Duration.ofSeconds(10));
    }

    private static String users() {
        return "users: [{name: " + PROGRAM + ", roles: [viewer], password: \""
                + BCrypt.hashpw(PASSWORD, BCrypt.gensalt()) + "\"}]";
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private void loggedIn(ApplicationEvent event) {
        if (event instanceof InteractiveAuthenticationSuccessEvent login) {
            remembered.add(login.getAuthentication());
        }
    }

    private int port() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    Browser browser() {
        return new Browser(trusted, port());
    }

    /** Goes to the provider, logs in there, and is led back here: to where, nobody has gone yet. */
    URI ledBack(Browser browser, String name) throws IOException, InterruptedException {
        return provider.goThrough(browser, begun(browser), name);
    }

    /** Where the gateway leads somebody who wants to log in. */
    URI begun(Browser browser) throws IOException, InterruptedException {
        return URI.create(browser.get(BEGIN).headers().firstValue("Location").orElseThrow());
    }

    /** Logs out here, and wherever that leads. */
    URI loggedOut(Browser browser) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.get("/hawtio/auth/logout");
        return provider.goThrough(
                browser, URI.create(answer.headers().firstValue("Location").orElseThrow()), "");
    }

    /** Whether the provider asks somebody who they are before it leads them back here. */
    boolean asksAtTheProvider(Browser browser) throws IOException, InterruptedException {
        URI at = begun(browser);
        HttpResponse<String> page = browser.get(at);
        while (page.statusCode() / 100 == 3) {
            at = at.resolve(page.headers().firstValue("Location").orElseThrow());
            if (at.getPath().equals(RETURN)) {
                return false;
            }
            page = browser.get(at);
        }
        return page.body().contains("name=\"password\"");
    }

    /** Some time goes by, and then did not. */
    void after(Duration time, Step then) throws Exception {
        Duration before = clock.more();
        clock.later(before.plus(time));
        try {
            then.take();
        } finally {
            clock.later(before);
        }
    }

    interface Step {
        void take() throws Exception;
    }

    /** Somebody who has gone the whole way. */
    Browser as(String name) throws IOException, InterruptedException {
        Browser browser = browser();
        browser.get(ledBack(browser, name));
        browser.get(LoginPage.ADDRESS);
        return browser;
    }

    URI issuer() {
        return provider.issuer();
    }

    /** What the gateway said to somebody who wanted to log in before the provider answered. */
    HttpResponse<String> answerWhileAway() {
        return answerWhileAway;
    }

    /** As whom the session of somebody with this name knows them. */
    List<Authentication> remembered(String name) {
        return remembered.stream().filter(each -> each.getName().equals(name)).toList();
    }

    List<String> log() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        root().detachAppender(log);
        context.close();
        provider.close();
    }
}
