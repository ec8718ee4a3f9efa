package io.chapar.scenario;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.chapar.app.FewExchanges;
import io.chapar.message.ProblemCode;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever tries what the law forbids (¶129) is refused, and it does not stay between the two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForbiddenAttemptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> CORRECTS_NOTHING = Map.of("at", "/header/action", "to", "correct");
    private static final Pattern FIGURE = Pattern.compile("\\b(?:chapar|disk)_[a-z_]+\\b");

    /** Those that are attempted, that the pages are about, and that the figures name. */
    private static final List<String> EXCHANGES = List.of(
            "asylum-referral",
            "birth-notification",
            "birth-registration",
            "birth-registration-overdue",
            "border-crossing",
            "consular-registration",
            "migration-status-lookup",
            "person-lookup",
            "readmission-case",
            "stay-registration",
            "student-enrolment");

    /** Beside those that these name: who attempts, and who may send nothing. */
    private static final String[] PARTIES = {"ME", "MLSPP", Gateway.WITHOUT_QUOTA};

    private final Logger security = (Logger) LoggerFactory.getLogger("chapar.security");
    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event);
        }
    };

    private final List<ScenarioFile> all =
            ScenarioFile.of(Path.of("routes"), EXCHANGES, new FileSchema(Path.of("schemas/scenario.schema.json")));
    private final List<ScenarioFile> attempts = List.of(
            scenario("migration-status-lookup", "refused-from-the-ministry-of-education"),
            scenario("border-crossing", "refused-from-the-ministry-of-education"),
            // more than the two exchanges that are open hold, by either of the two
            scenario("student-enrolment", "refused-parents"),
            scenario("student-enrolment", "refused-pupil-in-xml"),
            scenario("student-enrolment", "refused-free-text-in-the-header"),
            scenario("readmission-case", "refused-note"),
            scenario("readmission-case", "refused-free-text-in-an-ordering-key-in-xml"),
            scenario("readmission-case", "refused-attachment"),
            // what the law closes, before anybody looked whether it is closed
            education("migration-status-lookup", "schema", Map.of("change", List.of(Map.of("at", "/x", "to", "y")))),
            education("stay-registration", "signature-missing", Map.of("sign", "none")));

    private Path folder = Path.of("");
    private Gateway gateway;

    /** Listens after the start, which sets up the logging anew. */
    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Path routes = FewExchanges.in(folder.resolve("few"), EXCHANGES, PARTIES);
        gateway = Gateway.start(folder, attempts, routes, Path.of("schemas"));
        listener.setContext(security.getLoggerContext());
        listener.start();
        security.addAppender(listener);
    }

    @AfterAll
    void stop() throws Exception {
        security.detachAppender(listener);
        listener.stop();
        gateway.close();
    }

    @Test
    void refused_recorded_and_told_to_those_who_watch() throws Exception {
        double before = attempted();
        lines.clear();
        for (ScenarioFile other : List.of(
                scenario("border-crossing", "refused-unknown-checkpoint"),
                scenario("student-enrolment", "refused-from-the-labour-ministry"),
                scenario("student-enrolment", "accepted-from-json"),
                education("student-enrolment", "rule", Map.of("change", List.of(CORRECTS_NOTHING))))) {
            new Run(gateway, other).call();
        }
        assertThat(lines).isEmpty();
        for (ScenarioFile attempt : attempts) {
            lines.clear();
            new Run(gateway, attempt).call();

            String party = Sending.party(attempt);
            String code = attempt.then().text("code", "");
            assertThat(lines).as(attempt.title()).singleElement().satisfies(line -> {
                assertThat(line.getMarkerList()).extracting(Object::toString).containsExactly("FORBIDDEN");
                assertThat(line.getFormattedMessage())
                        .startsWith("forbidden attempt party=" + party + " exchange=" + attempt.exchange() + " code="
                                + code + " ");
            });
            assertThat(events("\"code\":\"" + code + "\""))
                    .as(attempt.title())
                    .anyMatch(event -> event.contains("\"" + party + "\"") && event.contains(attempt.exchange()));
        }
        assertThat(attempted()).isEqualTo(before + attempts.size());
    }

    /** Has nothing to do with the law; a gateway of its own would cost more time than all that is typed. */
    @Test
    void what_the_pages_say_about_the_first_message_can_be_typed_as_it_stands(@TempDir Path written) throws Exception {
        Path certificates = folder.resolve("certificates");
        gateway.channel("SPR", "mailbox");
        try {
            assertThat(Typed.page(Path.of("README.md"), gateway, certificates, written))
                    .contains("HTTP/1.1 202", "\"receivers\":[{\"receiver\":", "\"contentDigest\": \"sha-256:");
            assertThat(Typed.page(Path.of("docs/first-message.md"), gateway, certificates, written))
                    .contains(
                            "202 application/jose",
                            "\n200\nthe same\n",
                            "[\"signature-invalid\",",
                            "signed by CN=CHAPAR")
                    .containsPattern("\"sha-256:([0-9a-f]{64})\"]\n\\1 \\*")
                    .contains("the digest fits\n204\n204\n", "[\"receipt\",\"application/jose\"]", "application/json");
        } finally {
            gateway.channel("SPR", "rest");
        }
    }

    private double attempted() {
        Matcher count = Pattern.compile("chapar_forbidden_attempts_total\\{[^}]*} (\\S+)")
                .matcher(gateway.figures());
        assertThat(count.find()).isTrue();
        return Double.parseDouble(count.group(1));
    }

    @Test
    void refused_recorded_and_told_when_a_batch_would_go_where_the_law_lets_nothing() throws Exception {
        String path = "/api/v1/exchanges/stay-registration/batches/" + UUID.randomUUID();
        lines.clear();
        Response response = gateway.wire()
                .send(new Request("PUT", path, "ME", Map.of(), new byte[] {'{'}, Optional.empty(), Optional.empty())
                        .with("Content-Type", "application/x-ndjson"));

        assertThat(response.status()).as(response.text()).isEqualTo(403);
        assertThat(response.text()).contains("\"forbidden\"");
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("forbidden attempt party=ME exchange=stay-registration code=forbidden "));
        assertThat(events("\"stay-registration\""))
                .anyMatch(event -> event.contains("\"ME\"") && event.contains("\"forbidden\""));
    }

    @Test
    void refused_when_a_directory_that_is_changed_while_it_runs_makes_one_ministry_the_other() throws Exception {
        Path file = folder.resolve("routes/parties.yaml");
        String before = Files.readString(file);

        // An exchange that somebody is adding meanwhile: no start would take it, and it keeps no certificate in force.
        Path beingAdded = Files.createDirectory(folder.resolve("routes/being-added"));
        Files.writeString(file, before.replace("Ministry of Education", "Ministry of Science and Education"));
        await().atMost(PATIENCE)
                .until(() -> !events("\"configuration-changed\"").isEmpty());
        Files.writeString(file, before.replaceFirst("(code: \"SMS\"[^-]*groups: )\\[]", "$1[\"ME\"]"));
        await().atMost(PATIENCE).until(() -> partiesRefused("1"));

        assertThat(events("\"configuration-changed\"")).hasSize(1).allMatch(event -> event.contains("\"parties\""));
        Files.writeString(file, before);
        await().atMost(PATIENCE).until(() -> partiesRefused("0"));
        Files.delete(beingAdded);
    }

    private boolean partiesRefused(String count) {
        return Pattern.compile("chapar_parties_refused(\\{[^}]*})? " + count + "\\.0")
                .matcher(gateway.figures())
                .find();
    }

    /** A rule about a figure that is not there never says anything. */
    @Test
    void every_figure_of_the_alert_rules_is_there_from_the_start() throws IOException {
        String figures = gateway.figures();
        List<String> rules = expressions();
        assertThat(rules).hasSizeGreaterThan(7);
        for (String rule : rules) {
            List<String> names =
                    FIGURE.matcher(rule).results().map(MatchResult::group).toList();
            assertThat(names).as(rule).isNotEmpty();
            for (String name : names) {
                assertThat(figures).as(rule).containsPattern("(?m)^" + Pattern.quote(name) + "[{ ]");
            }
        }
        assertThat(figures)
                .containsPattern("chapar_deadlines_total\\{[^}]*exchange=\"asylum-referral\"[^}]*met=\"false\"")
                .containsPattern("chapar_clocks_ran_out_total\\{[^}]*exchange=\"birth-notification\"")
                .containsPattern("chapar_channel_open\\{[^}]*receiver=\"SPR\"[^}]*} 1\\.0")
                .containsPattern("chapar_parked_deliveries\\{[^}]*} \\d")
                .containsPattern("disk_free_bytes\\{[^}]*path=\""
                        + Pattern.quote(folder.resolve("data").toString()));
        Matcher due = Pattern.compile("chapar_revocation_lists_due_seconds\\{[^}]*} (\\S+)")
                .matcher(figures);
        assertThat(due.find()).isTrue();
        assertThat(Double.parseDouble(due.group(1))).isGreaterThan(Instant.now().getEpochSecond());
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("deploy", "alerts.yaml").toFile())
                .findValues("expr")
                .forEach(expression -> expressions.add(expression.asText()));
        return expressions;
    }

    /** Sent by the Ministry of Education. */
    private static ScenarioFile education(String exchange, String code, Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("party", "ME");
        int status = ProblemCode.ofCode(code).orElseThrow().status();
        return new ScenarioFile(
                exchange,
                "refused by ME with " + code,
                false,
                new Entry(all),
                new Entry(Map.of("status", status, "code", code, "accepted", false)));
    }

    private ScenarioFile scenario(String exchange, String name) {
        return all.stream()
                .filter(file -> file.exchange().equals(exchange) && file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Events of the record in which this stands. */
    private List<String> events(String part) throws SQLException {
        List<String> events = new ArrayList<>();
        try (Connection look = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/chapar.db"));
                Statement select = look.createStatement();
                ResultSet row = select.executeQuery("select bytes from event order by number")) {
            while (row.next()) {
                String event = new String(row.getBytes(1), StandardCharsets.UTF_8);
                if (event.contains(part)) {
                    events.add(event);
                }
            }
        }
        return events;
    }
}
