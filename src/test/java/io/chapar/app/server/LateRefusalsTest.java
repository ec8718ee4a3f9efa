package io.chapar.app.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server of four threads behind which everything is taken, and a caller of whom enough was refused while it is said so. */
class LateRefusalsTest {

    private static final int THREADS = 4;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration NOT_IN_THIS_TEST = Duration.ofHours(1);
    private static final String MESSAGE = "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n";

    private final AtomicBoolean tooOften = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final Tomcat server = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private void serve(Duration late) throws LifecycleException {
        server.setBaseDir(folder.toString());
        server.setPort(0);
        server.getConnector().setProperty("maxThreads", Integer.toString(THREADS));
        server.getConnector().setProperty("minSpareThreads", "1");
        server.getEngine()
                .getPipeline()
                .addValve(new LateRefusals(
                        (caller, message) -> {
                            if (!message || !tooOften.get()) {
                                return Optional.empty();
                            }
                            refused.incrementAndGet();
                            return Optional.of(Duration.ofSeconds(7));
                        },
                        (request, response, problem) -> {
                            response.setStatus(problem.code().status());
                            response.getOutputStream()
                                    .print(problem.code().code() + " "
                                            + problem.retryAfter().orElseThrow());
                        },
                        late));
        Context context = server.addContext("", folder.toString());
        Tomcat.addServlet(context, "taking", new Taking());
        context.addServletMappingDecoded("/*", "taking");
        server.start();
    }

    private final class Taking extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            taken.addAndGet(request.getInputStream().readAllBytes().length);
        }
    }

    @AfterEach
    void stop() throws LifecycleException {
        server.stop();
        server.destroy();
    }

    private int port() {
        return server.getConnector().getLocalPort();
    }

    private HttpRequest message() {
        return request("/api/v1/exchanges/birth-notification", "POST");
    }

    private HttpRequest request(String path, String method) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(Duration.ofMinutes(1))
                .method(method, HttpRequest.BodyPublishers.ofString("body"))
                .build();
    }

    @Test
    void refused_unseen_and_told_when_to_come_again_who_was_refused_too_often() throws Exception {
        serve(AT_ONCE);
        tooOften.set(true);

        HttpResponse<String> answer = client.send(message(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("quota PT7S");
        assertThat(taken).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/deliveries",
        "GET, /api/v1/messages/1",
        "POST, /api/v1/deliveries/1/acknowledgement",
        "POST, /api/v1/deliveries/1/refusal"
    })
    void still_fetches_acknowledges_and_looks(String method, String path) throws Exception {
        serve(NOT_IN_THIS_TEST);
        tooOften.set(true);

        assertThat(client.send(request(path, method), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/birth-notification", "/api/v1/deliveries/../exchanges/birth-notification", "/%61pi"})
    void refused_however_the_address_of_a_message_is_written(String path) throws Exception {
        serve(AT_ONCE);
        tooOften.set(true);

        assertThat(client.send(request(path, "POST"), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void others_are_served_while_more_wait_for_their_refusal_than_there_are_threads() throws Exception {
        serve(NOT_IN_THIS_TEST);
        tooOften.set(true);
        for (int i = 0; i < 3 * THREADS; i++) {
            var unused = client.sendAsync(message(), HttpResponse.BodyHandlers.discarding());
        }
        await().until(() -> refused.get() == 3 * THREADS);
        tooOften.set(false);

        assertThat(client.send(message(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(taken).hasValue(4);
    }

    @Test
    void the_next_message_comes_over_the_same_connection_when_the_refused_one_came_whole() throws Exception {
        serve(AT_ONCE);
        try (Socket socket = new Socket("localhost", port())) {
            tooOften.set(true);
            assertThat(said(socket, MESSAGE + "body")).startsWith("HTTP/1.1 429");
            tooOften.set(false);
            assertThat(said(socket, MESSAGE + "next")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void the_connection_ends_when_the_refused_message_did_not_come_whole() throws Exception {
        serve(AT_ONCE);
        try (Socket socket = new Socket("localhost", port())) {
            tooOften.set(true);
            socket.getOutputStream().write((MESSAGE + "bo").getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all).startsWith("HTTP/1.1 429").contains("Connection: close");
        }
    }

    /** The head of the answer. */
    private static String said(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
            head.append(line).append('\n');
            line = reader.readLine();
        }
        return head.toString();
    }
}
