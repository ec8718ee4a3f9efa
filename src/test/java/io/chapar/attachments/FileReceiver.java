package io.chapar.attachments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chapar.accept.AttachmentLimits;
import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.HardenedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;

/** All agencies that are called: each notes the digest of the file that it gets, and acknowledges. */
final class FileReceiver implements AutoCloseable {

    private static final AttachmentLimits LIMITS = new AttachmentLimits(1 << 20, 1 << 30, 1 << 30);

    /** By party and message: the digest of the one file. */
    private final Map<String, Digest> files = new ConcurrentHashMap<>();

    private final Path certificates;
    private final AttachmentStore store;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean away;

    FileReceiver(Path certificates, Path folder) throws IOException {
        this.certificates = certificates;
        this.store = AttachmentStore.open(folder, Clock.systemUTC());
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(
                        PartyKeys.load(certificates, PartyCode.CHAPAR).server()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters own = getSSLContext().getDefaultSSLParameters();
                        own.setNeedClientAuth(true);
                        parameters.setSSLParameters(own);
                    }
                });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Whether everybody is away; who is away answers 503. */
    void away(boolean now) {
        away = now;
    }

    Optional<Digest> file(PartyCode party, UUID messageId) {
        return Optional.ofNullable(files.get(party + " " + messageId));
    }

    private void serve(HttpExchange call) throws IOException {
        try (call) {
            if (away) {
                call.getRequestBody().transferTo(OutputStream.nullOutputStream());
                call.sendResponseHeaders(503, -1);
                return;
            }
            PartyCode party = new PartyCode(call.getRequestURI().getPath().split("/", -1)[1]);
            String messageId = call.getRequestHeaders().getFirst("Chapar-Message-Id");
            Digest document = document(call, party + " " + messageId);
            byte[] acknowledgement = HardenedJson.write(Map.of(
                    "deliveryId",
                    call.getRequestHeaders().getFirst("Chapar-Delivery-Id"),
                    "digest",
                    document.value(),
                    "at",
                    Instant.now().toString()));
            String jws = PartyKeys.load(certificates, party).signer().detachedJws(acknowledgement);
            call.getResponseHeaders().set("X-JWS-Signature", jws);
            call.getResponseHeaders().set("Content-Type", "application/json");
            call.sendResponseHeaders(200, acknowledgement.length);
            call.getResponseBody().write(acknowledgement);
        }
    }

    private Digest document(HttpExchange call, String key) throws IOException {
        try (InputStream body = call.getRequestBody()) {
            ContentType type = ContentType.of(call.getRequestHeaders().getFirst("Content-Type"))
                    .orElseThrow();
            if (!Multipart.is(type)) {
                return Digest.of(body.readAllBytes());
            }
            Multipart multipart = Multipart.parse(type, body, LIMITS, store);
            files.put(key, multipart.attachments().get(0).content().digest());
            store.discard(multipart.attachments());
            return Digest.of(multipart.root().bytes());
        } catch (Refusal broken) {
            throw new IOException("what came is not whole", broken);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
