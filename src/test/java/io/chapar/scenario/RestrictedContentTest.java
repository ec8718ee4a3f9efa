package io.chapar.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.chapar.app.FewExchanges;
import io.chapar.console.Permissions;
import io.chapar.console.Role;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who somebody is shows nowhere, least of all what is restricted: not in a file that the gateway writes, a log, a figure,
 * or anything that Hawtio lets anybody look at, in whatever role.
 */
class RestrictedContentTest {

    private static final List<String> RESTRICTED =
            List.of("asylum-referral", "unaccompanied-minor", "trafficking-referral");
    /** One for each way in and out that the restricted ones do not take. */
    private static final List<String> OTHERS = List.of(
            "birth-notification",
            "consular-registration",
            "labour-contract-notification",
            "person-lookup",
            "stay-registration");

    /** What the others name. */
    private static final List<String> FOLLOWING = List.of("birth-registration", "birth-registration-overdue");

    /** Of those, refused with content in hand: altered, not as the schema says, with another file than it names. */
    private static final Set<String> REFUSED = Set.of(
            "refused-altered-json",
            "refused-altered-xml",
            "refused-unknown-sex-in-xml",
            "refused-over-a-queue",
            "refused-document-number-with-spaces",
            "refused-attachment-with-another-digest",
            "refused-answer-to-another-question");

    private static final String TEN_MEGABYTES = "attachment-of-ten-megabytes";

    /** Who has all of them sees most. */
    private static final Set<Role> ROLES = EnumSet.allOf(Role.class);

    /**
     * Where each receiver says that it will not have something, and why, or that it has it: in an HTTP answer,
     * to its mailbox, in an envelope, in its encrypted queue.
     */
    private static final List<Map.Entry<String, String>> TELLING = List.of(
            Map.entry("asylum-referral", "SMS"),
            Map.entry("trafficking-referral", "MIA"),
            Map.entry("unaccompanied-minor", "GTA"),
            Map.entry("birth-notification", "MJ"),
            Map.entry("birth-notification", "SPR"));

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            logged.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    };
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.chapar");

    /** After the start, which sets up the logging anew. */
    private void listen() {
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.addAppender(listener);
        // even if somebody who looks for an error lets the gateway say more
        ours.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop_listening() {
        root.detachAppender(listener);
        listener.stop();
        ours.setLevel(null);
    }

    /** By REST, SOAP, queues and batches; with attachments; asked, corrected, withdrawn, refused, parked, waiting. */
    @Test
    void whatever_becomes_of_it_it_shows_in_no_file_log_figure_or_bean(@TempDir Path folder) throws Exception {
        List<String> chosen =
                Stream.concat(RESTRICTED.stream(), OTHERS.stream()).toList();
        Telling telling = Telling.ofSamples(chosen);
        assertThat(telling.words())
                .contains("Karimi", "O01234567", "2012-07-30", "Maria Corazon", "Şərifova", "Petrova");
        List<ScenarioFile> scenarios =
                ScenarioFile.of(Path.of("routes"), chosen, new FileSchema(Path.of("schemas/scenario.schema.json")))
                        .stream()
                        .filter(RestrictedContentTest::isChosen)
                        .map(RestrictedContentTest::withinAMegabyte)
                        .toList();
        assertThat(scenarios)
                .anyMatch(ScenarioFile::queue)
                .anyMatch(ScenarioFile::soap)
                .anyMatch(ScenarioFile::query)
                .anyMatch(scenario -> scenario.given().has("attachments"))
                .anyMatch(scenario -> scenario.name().equals(TEN_MEGABYTES))
                .anyMatch(scenario -> scenario.given().text("later", "").equals("correct"))
                .anyMatch(scenario -> scenario.given().text("later", "").equals("withdraw"));
        Path routes = FewExchanges.in(
                folder.resolve("few"),
                Stream.of(RESTRICTED, OTHERS, FOLLOWING).flatMap(List::stream).toList(),
                Stream.concat(
                                Stream.of(Gateway.WITHOUT_QUOTA),
                                scenarios.stream().map(Sending::party))
                        .toArray(String[]::new));
        try (Gateway gateway = Gateway.encrypting(folder, scenarios, routes, Map.of("MH", false, "SPR", true))) {
            listen();
            for (ScenarioFile scenario : scenarios) {
                new Run(gateway, scenario).call();
            }
            for (String state : List.of("refuses", "wrong", "down")) {
                for (ScenarioFile scenario :
                        List.of(full("asylum-referral", "SMS", state), full("trafficking-referral", "MIA", state))) {
                    new Run(gateway, scenario).call();
                }
            }
            for (Map.Entry<String, String> one : TELLING) {
                for (String state : List.of("quotes", "notes")) {
                    new Run(gateway, full(one.getKey(), one.getValue(), state)).call();
                }
            }
            Uploads.of(gateway);
            assertThat(logged).anyMatch(line -> line.contains("channel of MIA stops"));
            assertThat(telling.in(String.join("\n", logged))).as("in the log").isEmpty();
            assertThat(telling.in(gateway.figures())).as("in the figures").isEmpty();
            String seen = Looking.atEverything(ROLES);
            assertThat(seen)
                    .contains("deliver-SMS")
                    .contains("chapar.deliver.MIA")
                    // what is parked, of every channel
                    .contains("422 refused")
                    .contains("receiver=GTA")
                    .contains("code=refused");
            assertThat(telling.in(seen)).as("in the MBeans").isEmpty();
            assertNothingLies(telling, gateway.written());
        }
        // also of what is only written at the end
        assertNothingLies(telling, List.of(folder.resolve("data")));
    }

    private static void assertNothingLies(Telling telling, List<Path> folders) throws IOException {
        Map<String, Set<String>> ids = new Telling(List.of("birth-notification")).under(folders.get(0));
        assertThat(ids.keySet()).as("where a readable word is found").anyMatch(file -> file.startsWith("chapar.db"));
        for (Path written : folders) {
            assertThat(telling.under(written)).as("in files").isEmpty();
        }
    }

    private static boolean isChosen(ScenarioFile scenario) {
        return RESTRICTED.contains(scenario.exchange())
                || OTHERS.contains(scenario.exchange())
                        && !scenario.runsAlone()
                        && (!scenario.name().startsWith("refused") || REFUSED.contains(scenario.name()))
                        // only who has keys for it encrypts
                        && (!scenario.queue() || Sending.party(scenario).equals("MH"));
    }

    /** A megabyte lies in as many places as ten do, and there is less to seal and to look through. */
    private static ScenarioFile withinAMegabyte(ScenarioFile scenario) {
        if (!scenario.name().equals(TEN_MEGABYTES)) {
            return scenario;
        }
        Map<String, Object> given = new HashMap<>(scenario.given().values());
        given.put("attachments", List.of(Map.of("contentId", "certificate-of-employment", "bytes", 1 << 20)));
        Map<String, Object> then = new HashMap<>(scenario.then().values());
        then.put("delivered", Map.of("MFA", Map.of("/attachment/0/size", 1 << 20)));
        return new ScenarioFile(
                scenario.exchange(), scenario.name(), scenario.query(), new Entry(given), new Entry(then));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.camel:context=chapar,type=routes,name=\"deliver-SMS\" | LastError",
                "org.apache.activemq.artemis:broker=\"chapar\",component=addresses,address=\"out.SMS\" | FirstMessageAsJSON",
            })
    void refused_to_every_role_what_could_hold_content(String name, String attribute) throws JMException {
        assertThat(new Permissions().mayRead(EnumSet.allOf(Role.class), new ObjectName(name), attribute))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browse()",
                "browse(java.lang.String)",
                "listMessages(java.lang.String)",
                "listMessagesAsJSON",
                "getFirstMessageAsJSON",
                "sendMessage",
                "moveMessages",
                "retryMessages"
            })
    void refused_to_every_role_to_look_into_a_queue(String operation) throws JMException {
        ObjectName queue = new ObjectName(
                "org.apache.activemq.artemis:broker=\"chapar\",component=addresses,address=\"out.SMS\",subcomponent=queues,routing-type=\"anycast\",queue=\"out.SMS\"");
        assertThat(new Permissions().mayCall(EnumSet.allOf(Role.class), queue, operation))
                .isFalse();
    }

    private static ScenarioFile full(String exchange, String receiver, String state) {
        String becomes = switch (state) {
            case "refuses", "quotes" -> "parkedFor";
            case "notes" -> "deliveredTo";
            default -> "waitingFor";
        };
        Map<String, Object> then = Map.of("status", 202, becomes, List.of(receiver));
        return new ScenarioFile(
                exchange,
                state,
                false,
                new Entry(Map.of("sample", "full", "format", "json", "receivers", Map.of(receiver, state))),
                new Entry(then));
    }
}
