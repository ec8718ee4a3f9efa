package io.chapar.app.start;

import io.chapar.app.Chapar;
import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.sandbox.faults.SmallDisk;
import io.chapar.trust.TestCertificates;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A whole gateway that finds something wrong when it starts: it says so in one line, and nobody can reach it meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartFailureTest {

    private static final String EXCHANGE = "departure-term";
    private static final String UNUSABLE = """
            - route:
                id: lost
                from:
                  uri: pigeon:loft
                  steps:
                    - to: direct:nowhere
            """;
    private static final String ANOTHER = """
            - templatedRoute:
                routeTemplateRef: notify
                routeId: arrival-term
                parameters:
                  - name: exchange
                    value: arrival-term
            """;
    private static final String UNREADABLE = "- templatedRoute: [";

    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final List<Integer> amqpPorts = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private Path few = Path.of("");
    private List<String> lastOfAll = List.of();

    @TempDir
    Path own;

    /** What it finds wrong it finds at the very end: all that it keeps is there. */
    @BeforeAll
    void one_that_nearly_starts(@TempDir Path folder) throws IOException {
        this.folder = folder;
        TestCertificates.in(folder.resolve("certificates"));
        few = FewExchanges.in(folder.resolve("few"), List.of(EXCHANGE, "border-crossing"));
        lastOfAll = refusals(folder.resolve("data"), "--chapar.routes=" + routes(folder, UNUSABLE));
    }

    /** The agreements, one of them with another route. */
    private Path routes(Path folder, String route) throws IOException {
        Path routes = copy(few, folder.resolve("routes"));
        Files.writeString(routes.resolve(EXCHANGE + "/" + EXCHANGE + ".camel.yaml"), route);
        return routes;
    }

    private Path data() throws IOException {
        return copy(folder.resolve("data"), own.resolve("data"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    private List<String> settings(Path data, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--chapar.broker.amqp-port=0",
                "--chapar.broker.journal-file=1MB",
                "--chapar.routes=" + few,
                "--chapar.data=" + data,
                "--chapar.certificates=" + folder.resolve("certificates"),
                "--chapar.sandbox.enabled=false"));
        for (String each : more) {
            settings.removeIf(usual -> usual.startsWith(each.substring(0, each.indexOf('=') + 1)));
            settings.add(each);
        }
        return settings;
    }

    private ConfigurableApplicationContext start(Path data, String... more) {
        SpringApplication gateway = WholeGateway.application();
        gateway.addListeners(
                (ApplicationListener<WebServerInitializedEvent>) event -> opened.add(String.valueOf(event)));
        gateway.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("whatIsOpen", CamelContextConfiguration.class, () -> whatIsOpen(context)));
        return gateway.run(settings(data, more).toArray(String[]::new));
    }

    private CamelContextConfiguration whatIsOpen(ConfigurableApplicationContext context) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                amqpPorts.add(context.getBean(EmbeddedBroker.class).amqpPort());
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // Nothing to see any more.
            }
        };
    }

    /** The lines of a start that failed before anybody could come in. */
    private List<String> refusals(Path data, String... more) {
        Throwable failure = catchThrowable(() -> start(data, more).close());

        assertThat(failure).as("it must not start").isNotNull();
        assertThat(opened).as("ports that were opened").isEmpty();
        List<String> lines = StartFailure.lines(failure);
        assertThat(lines).as(() -> "told of " + failure).isNotEmpty().noneMatch(line -> line.contains("\n"));
        return lines;
    }

    private String refused(Path data, String... more) {
        List<String> lines = refusals(data, more);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void a_route_that_cannot_be_used_while_no_port_is_open() {
        assertThat(lastOfAll)
                .singleElement()
                .asString()
                .contains("chapar.routes", EXCHANGE + ".camel.yaml", "pigeon", "correct the file");
        assertThat(amqpPorts).containsOnly(0);
    }

    @Test
    void a_route_that_cannot_be_read() throws IOException {
        assertThat(refused(data(), "--chapar.routes=" + routes(own, UNREADABLE)))
                .contains("chapar.routes", EXCHANGE + ".camel.yaml", "line 2", "correct the file");
    }

    /** Camel passes over a file that it cannot open, and a route may begin elsewhere than its file's name says. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_agreement_without_a_route(boolean another) throws IOException {
        Path routes = routes(own, ANOTHER);
        if (!another) {
            Path file = routes.resolve(EXCHANGE + "/" + EXCHANGE + ".camel.yaml");
            Files.delete(file);
            Files.createSymbolicLink(file, own.resolve("nowhere"));
        }

        assertThat(refused(data(), "--chapar.routes=" + routes))
                .contains("chapar.routes", EXCHANGE, "no route that begins", EXCHANGE + ".camel.yaml");
    }

    /** The servers listen last of all: until then nothing may have been taken from a queue, or delivered. */
    @ParameterizedTest
    @ValueSource(strings = {"server.port", "management.server.port"})
    void a_port_that_is_taken_before_any_route_works(String port) throws IOException {
        int came = amqpPorts.size();
        try (ServerSocket another = new ServerSocket(0)) {
            assertThat(refused(own.resolve("data"), "--" + port + "=" + another.getLocalPort()))
                    .contains("port " + another.getLocalPort() + " is in use");
        }
        assertThat(amqpPorts).as("it has not come so far").hasSize(came);
    }

    @Test
    void a_damaged_journal() throws IOException {
        Path data = data();
        try (RandomAccessFile journal = new RandomAccessFile(
                data.resolve("broker/journal/activemq-data-1.amq").toFile(), "rw")) {
            byte[] damage = new byte[400];
            Arrays.fill(damage, (byte) 0x5a);
            journal.write(damage);
        }

        assertThat(refused(data)).contains(data.resolve("broker").toString(), "damaged", "move that folder away");
    }

    @Test
    void a_table_that_is_gone() throws IOException, SQLException {
        Path data = data();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("chapar.db"));
                Statement statement = database.createStatement()) {
            statement.execute("drop table receipt");
        }

        assertThat(refused(data)).contains("table receipt", "restore it from its backup");
    }

    @Test
    void a_database_file_that_is_no_database() throws IOException {
        Path data = data();
        Files.writeString(data.resolve("chapar.db"), "This is no database. ".repeat(500));

        assertThat(refused(data)).contains("chapar.db", "damaged", "backup");
    }

    @Test
    void a_database_that_does_not_answer() {
        assertThat(refused(own.resolve("data"), "--chapar.database.url=jdbc:postgresql://localhost:1/chapar"))
                .contains("chapar.database.url", "does not answer", "start it");
    }

    /** What was begun on the full disk is in nobody's way: the next start comes to the unreadable route, at the end. */
    @Test
    void a_full_disk_and_then_room_again_and_a_route_that_cannot_be_read() throws IOException, InterruptedException {
        Optional<String> missing = SmallDisk.missing();
        Assumptions.assumeTrue(missing.isEmpty(), () -> "Not run: " + missing.orElse(""));
        try (SmallDisk disk = SmallDisk.make(own.resolve("image"), own.resolve("disk"))) {
            Path data = disk.folder().resolve("data");
            for (long left : new long[] {100_000, 1_000_000}) {
                disk.fill(left);
                assertThat(refused(data))
                        .contains("disk is full", "chapar.data", "start again")
                        .doesNotContain("bean");
                disk.free();
            }

            assertThat(refused(data, "--chapar.routes=" + routes(own, UNREADABLE)))
                    .contains("chapar.routes", EXCHANGE + ".camel.yaml", "line 2", "correct the file");
        }
    }

    @Test
    void an_agreement_that_cannot_be_enforced_has_a_line_for_each_reason() throws IOException {
        Path routes = copy(few, own.resolve("routes"));
        Path file = routes.resolve(EXCHANGE + "/agreement.yaml");
        Files.writeString(file, Files.readString(file).replace("priority: ", "priorty: "));

        assertThat(refusals(own.resolve("data"), "--chapar.routes=" + routes))
                .hasSize(2)
                .allMatch(line -> line.startsWith(file + ":"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chapar.broker.amqp-prot=5671             | chapar.broker.amqp-port",
                "chapar.dataa=elsewhere                   | chapar.data",
                "chapar.parties.SPR.chanel=mailbox        | chapar.parties.SPR.channel",
                "chapar.wholly-and-utterly-different=true | docs/settings.md"
            })
    void a_setting_that_does_not_exist(String setting, String nearest) {
        Path data = own.resolve("data");

        assertThat(refused(data, "--" + setting))
                .contains("no setting " + setting.split("=", 2)[0], "commandLineArgs", nearest, "remove it");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_setting_in_a_file_that_does_not_exist_is_told_with_its_line() throws IOException {
        Path file = Files.writeString(own.resolve("more.yaml"), "chapar:\n  broker:\n    max-disk-usge: 90\n");

        assertThat(refused(own.resolve("data"), "--spring.config.additional-location=file:" + file))
                .contains("chapar.broker.max-disk-usge", "more.yaml", "3:20", "chapar.broker.max-disk-usage");
    }

    @ParameterizedTest
    @CsvSource({"signing-key, sign.p12", "tls-key, tls.p12"})
    void a_key_file_that_its_password_does_not_open(String setting, String file) throws IOException {
        Path password = Files.writeString(own.resolve("password"), "guessed");

        assertThat(refused(
                        own.resolve("data"),
                        "--chapar.trust." + setting + "=" + folder.resolve("certificates/CHAPAR/" + file),
                        "--chapar.trust.key-password-file=" + password))
                .contains("chapar.trust." + setting, file, "chapar.trust.key-password-file", "correct the password")
                .doesNotContain("guessed");
    }

    @Test
    void a_tls_key_that_is_not_that_of_its_certificate() throws IOException {
        Path key = folder.resolve("certificates/CHAPAR/sign.key.pem");

        assertThat(refused(own.resolve("data"), "--chapar.trust.tls-key=" + key))
                .contains("chapar.trust.tls-key is not the key", "chapar.trust.tls-certificate", "correct one of them");
    }

    @EnableConfigurationProperties(BrokerSettings.class)
    static class Asking {
        @Bean
        String asked(@Value("${chapar.ledger.merge-delay:2s}") Duration mergeDelay) {
            return mergeDelay.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chapar.broker.max-disk-usage=200 | chapar.broker.max-disk-usage must be from 1 to 99 per cent",
                "chapar.broker.memory=plenty      | chapar.broker.memory cannot be read as DataSize: correct or remove it",
                "chapar.ledger.merge-delay=soon   | chapar.ledger.merge-delay cannot be read: correct or remove it"
            })
    void a_setting_with_a_wrong_value(String setting, String told) {
        SpringApplication asking = new SpringApplication(Asking.class);
        asking.setWebApplicationType(WebApplicationType.NONE);
        asking.setRegisterShutdownHook(false);

        Throwable failure = catchThrowable(() -> asking.run("--" + setting).close());

        assertThat(StartFailure.lines(failure)).singleElement().asString().endsWith(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chapar.deliver.concurrency=65  | chapar.deliver.concurrency must be from 1 to 64",
                "chapar.ledger.merge-delay=soon | chapar.ledger.merge-delay cannot be read: correct or remove it"
            })
    void a_setting_with_a_wrong_value_among_all_the_right_ones(String setting, String told) throws IOException {
        assertThat(refused(data(), "--" + setting)).endsWith(told);
    }

    @Test
    void what_nobody_foresaw_is_left_to_be_told_with_its_trace() {
        assertThat(StartFailure.lines(new IllegalStateException(new NullPointerException())))
                .isEmpty();
    }

    @Test
    void the_process_says_one_line_on_the_error_stream_and_ends_with_1() throws IOException, InterruptedException {
        Path said = own.resolve("said");
        Path errors = own.resolve("errors");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Chapar.class.getName()));
        command.addAll(settings(own.resolve("data"), "--chapar.brokr.amqp-port=1"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(errors.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.directory(new File("."));

        Process process = builder.start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(errors))
                .singleElement()
                .asString()
                .startsWith("Chapar does not start: there is no setting chapar.brokr.amqp-port");
        assertThat(Files.readString(said)).doesNotContain("Exception", "\tat ");
    }
}
