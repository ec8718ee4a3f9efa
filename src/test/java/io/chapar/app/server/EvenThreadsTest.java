package io.chapar.app.server;

import jakarta.servlet.ServletException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server of four threads behind which everything is taken, some of it slowly. */
class EvenThreadsTest {

    private static final int THREADS = 4;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration NOT_IN_THIS_TEST = Duration.ofHours(1);
    private static final String SLOW = "/api/v1/exchanges/slow";
    private static final String MESSAGE = "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicReference<String> caller = new AtomicReference<>("one");
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch refused = new CountDownLatch(1);
    private final Tomcat server = PlainTomcat.make();
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
                .addValve(new EvenThreads(
                        certificate -> {
                            asked.incrementAndGet();
                            return caller.get();
                        },
                        THREADS,
                        (request, response, problem) -> {
                            response.setStatus(problem.code().status());
                            response.getOutputStream()
                                    .print(problem.code().code() + " "
                                            + problem.retryAfter().orElseThrow());
                            refused.countDown();
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
            if (request.getRequestURI().equals(SLOW)) {
                untilOver(answered);
            }
        }
    }

    /** The thread that took a request is slower than the one that answers it. */
    private final class SlowToLeave extends ValveBase {

        private SlowToLeave() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.isAsync()) {
                untilOver(refused);
            }
        }
    }

    private static void untilOver(CountDownLatch over) {
        try {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws LifecycleException {
        answered.countDown();
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

    /** As many as it may have. */
    private void hasAllItsThreads() {
        int before = taken.get();
        for (int i = 1; i <= THREADS / 2; i++) {
            int bytes = before + 4 * i;
            var unused = client.sendAsync(request(SLOW, "POST"), HttpResponse.BodyHandlers.discarding());
            await().until(() -> taken.get() == bytes);
        }
    }

    private void isServed(String other) throws Exception {
        caller.set(other);
        assertThat(client.send(message(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refused_unseen_and_told_when_to_come_again_who_has_as_many_threads_as_are_free() throws Exception {
        serve(AT_ONCE);
        hasAllItsThreads();
        int before = taken.get();

        HttpResponse<String> answer = client.send(message(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("quota PT1S");
        assertThat(taken).hasValue(before);
    }

    @Test
    void another_one_is_served_while_more_wait_for_their_refusal_than_there_are_threads() throws Exception {
        serve(NOT_IN_THIS_TEST);
        hasAllItsThreads();
        for (int i = 0; i < 3 * THREADS; i++) {
            var unused = client.sendAsync(message(), HttpResponse.BodyHandlers.discarding());
        }
        await().until(() -> asked.get() == THREADS / 2 + 3 * THREADS);

        isServed("another");
    }

    @Test
    void of_any_number_that_take_what_they_can_get_each_leaves_a_thread_for_one_more() throws Exception {
        serve(AT_ONCE);
        hasAllItsThreads();
        caller.set("another");
        int before = taken.get();
        var unused = client.sendAsync(request(SLOW, "POST"), HttpResponse.BodyHandlers.discarding());
        await().until(() -> taken.get() == before + 4);

        assertThat(client.send(message(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(429);
        isServed("a third");
    }

    @Test
    void served_again_when_its_threads_are_free_again() throws Exception {
        serve(AT_ONCE);
        hasAllItsThreads();
        answered.countDown();

        await().untilAsserted(() -> isServed("one"));
    }

    @Test
    void the_next_message_comes_over_the_same_connection_when_the_refused_one_came_whole() throws Exception {
        serve(AT_ONCE);
        hasAllItsThreads();
        try (Socket socket = new Socket("localhost", port())) {
            assertThat(said(socket, MESSAGE + "body")).startsWith("HTTP/1.1 429");
            caller.set("another");
            assertThat(said(socket, MESSAGE + "next")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void the_connection_ends_when_the_refused_message_did_not_come_whole() throws Exception {
        serve(AT_ONCE);
        theConnectionEndsWithTheAnswer();
    }

    @Test
    void the_answer_goes_out_before_the_connection_ends_however_slowly_the_thread_leaves_that_took_the_message()
            throws Exception {
        server.getEngine().getPipeline().addValve(new SlowToLeave());
        serve(AT_ONCE);
        theConnectionEndsWithTheAnswer();
    }

    private void theConnectionEndsWithTheAnswer() throws Exception {
        hasAllItsThreads();
        try (Socket socket = new Socket("localhost", port())) {
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
