package io.chapar.app.door;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies whose senders stop in the middle, and listen. */
class BrokenBodiesTest {

    private static final String TOLD = "The body did not come whole";

    private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** A gateway that starts sets up the log anew, so it starts before anyone listens. */
    @BeforeEach
    void listen() {
        TestGateway.port();
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/exchanges/test-notice | application/json | 400 | application/problem+json",
                "/api/v1/exchanges/test-notice | application/xml | 400 | application/problem+xml",
                "/api/v1/exchanges/test-notice | multipart/related; boundary=b | 400 | application/problem+json",
                "/ws/test-notice | text/xml | 500 | text/xml",
                "/ws/test-notice | application/soap+xml | 400 | application/soap+xml",
                "/ws/test-notice | multipart/related; boundary=b; start-info=\"text/xml\" | 500 | text/xml",
                "/ws/nobody-knows | text/xml | 500 | text/xml",
            })
    void refused_by_its_door_when_a_body_is_none_after_its_first_bytes(
            String path, String contentType, int status, String told) throws IOException {
        String traceId = Intake.newTraceId();
        String answer = answer(path, contentType, traceId, "Transfer-Encoding: chunked\r\n\r\n1\r\n<\r\nzz\r\n", false);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(told, TOLD, "malformed", traceId);
        assertThat(told(traceId)).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    /** Nobody is there to hear it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/exchanges/test-notice | application/json",
                "/api/v1/exchanges/test-notice | multipart/related; boundary=b",
                "/ws/test-notice | text/xml",
                "/ws/test-notice | multipart/related; boundary=b; start-info=\"text/xml\"",
            })
    void no_alarm_when_a_sender_goes_away_in_the_middle(String path, String contentType) throws IOException {
        String traceId = Intake.newTraceId();
        answer(path, contentType, traceId, "Content-Length: 5000\r\n\r\n<", true);

        assertThat(told(traceId)).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    /** Others write into the same log. */
    private List<ILoggingEvent> told(String traceId) {
        synchronized (lines) {
            return lines.list.stream()
                    .filter(line -> line.getFormattedMessage().contains(traceId))
                    .toList();
        }
    }

    private static String answer(String path, String contentType, String traceId, String rest, boolean goesAway)
            throws IOException {
        try (SSLSocket socket =
                (SSLSocket) TestGateway.tls().getSocketFactory().createSocket("localhost", TestGateway.port())) {
            socket.setSoTimeout(20_000);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType
                    + "\r\ntraceparent: 00-" + traceId + "-0123456789abcdef-01\r\n";
            socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            if (goesAway) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
