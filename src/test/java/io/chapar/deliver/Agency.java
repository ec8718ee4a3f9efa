package io.chapar.deliver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.trust.KeySigner;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A receiver with a real TLS server that wants the gateway's certificate, and answers as the test says. */
final class Agency implements AutoCloseable {

    /** What came in. */
    record Call(com.sun.net.httpserver.Headers headers, byte[] body) {}

    /** What goes out. */
    record Reply(int status, String contentType, Optional<String> signature, byte[] body, Optional<String> retryAfter) {
        static Reply status(int status) {
            return new Reply(status, "text/plain", Optional.empty(), new byte[0], Optional.empty());
        }

        static Reply json(String body, Optional<String> signature) {
            return new Reply(
                    200, "application/json", signature, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
        }
    }

    /** May wait, and may throw to break the connection. */
    interface Behaviour {
        Reply reply(Call call) throws Exception;
    }

    final PartyCode code;
    final Signer signer;
    final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    volatile Behaviour behaviour = call -> Reply.status(500);

    private final Path certificates;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    Agency(Path certificates, String code) throws IOException {
        this.certificates = certificates;
        this.code = new PartyCode(code);
        this.signer =
                new KeySigner(PemFiles.privateKey(own("sign.key.pem")), PemFiles.certificate(own("sign.cert.pem")));
        this.server = listen(0);
    }

    private Path own(String file) {
        return certificates.resolve(code.value()).resolve(file);
    }

    private HttpsServer listen(int port) throws IOException {
        HttpsServer fresh = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), port), 0);
        SSLContext tls = TlsContexts.server(
                PemFiles.privateKey(own("tls.key.pem")),
                PemFiles.certificate(own("tls.cert.pem")),
                PemFiles.certificates(certificates.resolve("ca.cert.pem")));
        fresh.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        fresh.setExecutor(threads);
        fresh.createContext("/", this::handle);
        fresh.start();
        return fresh;
    }

    private void handle(HttpExchange http) throws IOException {
        Call call = new Call(http.getRequestHeaders(), http.getRequestBody().readAllBytes());
        calls.add(call);
        try {
            Reply reply = behaviour.reply(call);
            http.getResponseHeaders().set("Content-Type", reply.contentType());
            reply.signature().ifPresent(jws -> http.getResponseHeaders().set("X-JWS-Signature", jws));
            reply.retryAfter().ifPresent(wish -> http.getResponseHeaders().set("Retry-After", wish));
            http.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            http.getResponseBody().write(reply.body());
        } catch (Exception e) {
            throw new IOException("the agency breaks the connection", e);
        } finally {
            http.close();
        }
    }

    URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/" + code.value() + "/deliveries");
    }

    /** Nobody listens any more; what comes is refused. */
    int goesDown() {
        int port = server.getAddress().getPort();
        server.stop(0);
        return port;
    }

    void comesBack(int port) throws IOException {
        server = listen(port);
    }

    Party party(Party.Channel channel, boolean signs) {
        return party(certificates, code, channel, address(), address(), signs);
    }

    /** The entry of a party that is called at these addresses. */
    static Party party(
            Path certificates, PartyCode code, Party.Channel channel, URI address, URI queries, boolean signs) {
        Path own = certificates.resolve(code.value());
        try {
            return new Party(
                    code,
                    code.value(),
                    Set.of(),
                    List.of(PemFiles.certificate(own.resolve("tls.cert.pem"))),
                    List.of(PemFiles.certificate(own.resolve("sign.cert.pem"))),
                    channel,
                    Optional.of(address),
                    Optional.of(queries),
                    signs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The right acknowledgement of what was called with, with chosen parts replaced. */
    static String acknowledgement(String deliveryId, String digest) {
        return String.format(
                Locale.ROOT,
                "{\"deliveryId\":\"%s\",\"digest\":\"%s\",\"at\":\"%s\"}",
                deliveryId,
                digest,
                Instant.EPOCH);
    }

    Reply acknowledges(String json) {
        return Reply.json(json, Optional.of(signer.detachedJws(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
