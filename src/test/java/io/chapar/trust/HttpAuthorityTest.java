package io.chapar.trust;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpAuthorityTest {

    private static final String REPLY = "application/timestamp-reply";
    private static final byte[] REQUEST = {1, 2, 3};

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stops() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpAuthority answering(Duration total, HttpHandler handler) throws Exception {
        server.createContext("/tsa", handler);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
        return new HttpAuthority(address, HttpAuthority.Asking.FOR_TIMESTAMPS, SSLContext.getDefault(), total);
    }

    private HttpAuthority answering(int status, String type, byte[] body) throws Exception {
        return answering(Duration.ofSeconds(30), call -> answer(call, status, type, body));
    }

    private static void answer(HttpExchange call, int status, String type, byte[] body) throws IOException {
        byte[] asked = call.getRequestBody().readAllBytes();
        boolean query =
                "application/timestamp-query".equals(call.getRequestHeaders().getFirst("Content-Type"));
        call.getResponseHeaders().set("Content-Type", type);
        // 0: in chunks, without saying how long it is
        call.sendResponseHeaders(query && asked.length == REQUEST.length ? status : 400, 0);
        try (call) {
            call.getResponseBody().write(body);
        }
    }

    @Test
    void gives_the_answer_as_it_came() throws Exception {
        assertThat(answering(200, REPLY, new byte[] {7, 8}).ask(REQUEST)).containsExactly(7, 8);
    }

    @Test
    void refused_with_another_status() throws Exception {
        HttpAuthority authority = answering(302, REPLY, new byte[] {7});

        assertThatThrownBy(() -> authority.ask(REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("302");
    }

    @Test
    void refused_with_another_media_type() throws Exception {
        HttpAuthority authority = answering(200, "text/html", new byte[] {7});

        assertThatThrownBy(() -> authority.ask(REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(REPLY);
    }

    @Test
    void refused_when_it_is_too_large() throws Exception {
        HttpAuthority authority = answering(200, REPLY, new byte[65_537]);

        assertThatThrownBy(() -> authority.ask(REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void refused_when_the_end_of_the_answer_does_not_come_in_time() throws Exception {
        HttpAuthority authority = answering(Duration.ofMillis(300), call -> {
            call.getResponseHeaders().set("Content-Type", REPLY);
            call.sendResponseHeaders(200, 0);
            call.getResponseBody().write(7);
            call.getResponseBody().flush();
            await();
        });

        assertThatThrownBy(() -> authority.ask(REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("within");
    }

    @Test
    void refused_when_nobody_listens() throws Exception {
        HttpAuthority authority = answering(200, REPLY, new byte[0]);
        server.stop(0);

        assertThatThrownBy(() -> authority.ask(REQUEST)).isInstanceOf(IOException.class);
    }

    private void await() {
        try {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
