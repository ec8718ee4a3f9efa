package io.chapar.app.door;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies whose senders stop in the middle, and listen. */
class BrokenBodiesTest {

    private static final String TOLD = "The body did not come whole";

    private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
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
                "/ws/test-notice | text/xml | 500 | text/xml",
                "/ws/test-notice | application/soap+xml | 400 | application/soap+xml",
                "/api/v1/exchanges/test-notice | multipart/related; boundary=b | 400 | application/problem+json",
                "/ws/test-notice | multipart/related; boundary=b; start-info=\"text/xml\" | 500 | text/xml",
                "/ws/nobody-knows | text/xml | 500 | text/xml",
            })
    void refused_by_its_door_when_a_body_breaks_off(String path, String contentType, int status, String told)
            throws IOException {
        String answer = answer(path, contentType, "Content-Length: 5000\r\n\r\n<");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(told, TOLD, "malformed");
        oneLineTells(answer);
    }

    @Test
    void refused_when_a_chunk_is_none() throws IOException {
        String answer = answer("/ws/test-notice", "text/xml", "Transfer-Encoding: chunked\r\n\r\nzz\r\n");

        assertThat(answer).startsWith("HTTP/1.1 500 ").contains("soap:Client", TOLD);
        oneLineTells(answer);
    }

    /** Others write into the same log. */
    private void oneLineTells(String answer) {
        String traceId = answer.replaceAll("(?s).*traceId\\W+([0-9a-f]{32}).*", "$1");
        assertThat(lines.list.stream().filter(line -> line.getFormattedMessage().contains(traceId)))
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.INFO))
                .satisfies(line -> assertThat(line.getThrowableProxy()).isNull());
    }

    private static String answer(String path, String contentType, String rest) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) TestGateway.tls().getSocketFactory().createSocket("localhost", TestGateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\n"
                                    + rest)
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
