package io.chapar.app.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An identity provider that does not come to an end with its answer. */
class OidcLineTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException {
        ServerCertificate certificate = ServerCertificate.in(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.server(
                PemFiles.privateKey(folder.resolve("CHAPAR/tls.key.pem")),
                certificate.certificate(),
                List.of(certificate.certificate()))));
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpHandler answer(int bytes) {
        return (HttpExchange call) -> {
            call.sendResponseHeaders(200, 0);
            try (OutputStream out = call.getResponseBody()) {
                byte[] some = new byte[1_000];
                for (int sent = 0; sent < bytes; sent += some.length) {
                    out.write(some);
                }
            }
        };
    }

    /** A byte now and then, for a minute at most. */
    private HttpHandler drip() {
        return (HttpExchange call) -> {
            call.sendResponseHeaders(200, 0);
            try (OutputStream out = call.getResponseBody()) {
                for (int sent = 0; sent < 300 && !over.await(200, TimeUnit.MILLISECONDS); sent++) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private byte[] fetch(HttpHandler how, Duration total) throws IOException {
        server.createContext("/", how);
        URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        try (ClientHttpResponse response = OidcLine.trusting(folder.resolve("ca.cert.pem"), total)
                .createRequest(address, HttpMethod.GET)
                .execute()) {
            return response.getBody().readAllBytes();
        }
    }

    @Test
    void read_to_its_end_when_it_is_no_larger_than_such_answers_are() throws Exception {
        assertThat(fetch(answer(1_000_000), LONG)).hasSize(1_000_000);
    }

    @Test
    void refused_when_it_is_too_large() {
        assertThatThrownBy(() -> fetch(answer(64 << 20), LONG)).hasMessageContaining("more than");
    }

    @Test
    void refused_when_its_end_does_not_come_in_time() {
        assertThatThrownBy(() -> fetch(drip(), Duration.ofSeconds(1))).isInstanceOf(IOException.class);
    }
}
