package io.chapar.scenario;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever tries what the law forbids (¶129) is refused, and it does not stay between the two. */
class ForbiddenAttemptTest {

    private final Logger security = (Logger) LoggerFactory.getLogger("chapar.security");
    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event);
        }
    };

    /** After the start, which sets up the logging anew. */
    private void listen() {
        listener.setContext(security.getLoggerContext());
        listener.start();
        security.addAppender(listener);
    }

    @AfterEach
    void stop_listening() {
        security.detachAppender(listener);
        listener.stop();
    }

    @Test
    void refused_recorded_and_told_to_those_who_watch(@TempDir Path folder) throws Exception {
        List<ScenarioFile> attempts = List.of(
                scenario("migration-status-lookup", "refused-from-the-ministry-of-education"),
                scenario("border-crossing", "refused-from-the-ministry-of-education"));
        ScenarioFile other = scenario("border-crossing", "refused-unknown-checkpoint");
        try (Gateway gateway = Gateway.start(folder, attempts)) {
            listen();
            assertThat(gateway.figures()).containsPattern("chapar_forbidden_attempts_total\\{[^}]*} 0\\.0");
            new Run(gateway, other).call();
            assertThat(lines).isEmpty();
            for (ScenarioFile attempt : attempts) {
                new Run(gateway, attempt).call();
            }
            assertThat(gateway.figures()).containsPattern("chapar_forbidden_attempts_total\\{[^}]*} 2\\.0");
            assertThat(lines).hasSize(2).allSatisfy(line -> {
                assertThat(line.getMarkerList()).extracting(Object::toString).containsExactly("FORBIDDEN");
                assertThat(line.getFormattedMessage()).startsWith("forbidden attempt party=ME exchange=");
            });
            assertThat(events(folder, "\"code\":\"forbidden\"")).hasSize(2).allMatch(event -> event.contains("\"ME\""));
        }
    }

    private static ScenarioFile scenario(String exchange, String name) throws IOException {
        return ScenarioFile.all(Path.of("routes"), new FileSchema(Path.of("schemas/scenario.schema.json"))).stream()
                .filter(file -> file.exchange().equals(exchange) && file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Events of the record in which this stands. */
    private static List<String> events(Path folder, String part) throws SQLException {
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
