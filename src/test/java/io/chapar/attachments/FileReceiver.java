package io.chapar.attachments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.post.Documents;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;

/** All agencies that are called, by REST or SOAP: each notes the digest of the file that it gets, and acknowledges. */
final class FileReceiver implements AutoCloseable {

    /**
     * This process has no second compiler, without which AES is five times slower than this; gateway and test move
     * hundreds of megabytes.
     */
    static final String CIPHER = "TLS_CHACHA20_POLY1305_SHA256";

    private static final String COMMON = "urn:chapar:common:1.0";
    private static final EnvelopeSignatures ENVELOPES =
            new EnvelopeSignatures(Clock.systemUTC(), Duration.ofMinutes(5));

    /** By party and message: the digest of the one file. */
    private final Map<String, Digest> files = new ConcurrentHashMap<>();

    private final Path certificates;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean away;
    private volatile boolean missed;

    FileReceiver(Path certificates) throws IOException {
        this.certificates = certificates;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(
                        PartyKeys.load(certificates, PartyCode.CHAPAR).server()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters own = getSSLContext().getDefaultSSLParameters();
                        own.setNeedClientAuth(true);
                        own.setCipherSuites(new String[] {CIPHER});
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

    /** Whether somebody was called while away. */
    boolean missed() {
        return missed;
    }

    Optional<Digest> file(PartyCode party, UUID messageId) {
        return Optional.ofNullable(files.get(party + " " + messageId));
    }

    private void serve(HttpExchange call) throws IOException {
        try (call) {
            if (away) {
                call.getRequestBody().transferTo(OutputStream.nullOutputStream());
                call.sendResponseHeaders(503, -1);
                missed = true;
                return;
            }
            PartyCode party = new PartyCode(call.getRequestURI().getPath().split("/", -1)[1]);
            String messageId = call.getRequestHeaders().getFirst("Chapar-Message-Id");
            Digest document = document(call, party + " " + messageId);
            Map<String, Object> acknowledgement =
                    Acknowledgement.of(call.getRequestHeaders().getFirst("Chapar-Delivery-Id"), document);
            Signer signer = PartyKeys.load(certificates, party).signer();
            if (isSoap(call)) {
                byte[] element = Documents.xml("acknowledgement", COMMON, acknowledgement);
                answer(call, "text/xml; charset=utf-8", signer.envelope(element, false));
            } else {
                byte[] json = HardenedJson.write(acknowledgement);
                call.getResponseHeaders().set("X-JWS-Signature", signer.detachedJws(json));
                answer(call, "application/json", json);
            }
        }
    }

    private static void answer(HttpExchange call, String type, byte[] bytes) throws IOException {
        call.getResponseHeaders().set("Content-Type", type);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
    }

    private static boolean isSoap(HttpExchange call) {
        return call.getRequestURI().getPath().endsWith("/soap");
    }

    private Digest document(HttpExchange call, String key) throws IOException {
        try (InputStream body = call.getRequestBody()) {
            ContentType type = ContentType.of(call.getRequestHeaders().getFirst("Content-Type"))
                    .orElseThrow();
            if (!Multipart.is(type)) {
                return Digest.of(body.readAllBytes());
            }
            Parts parts = Parts.of(body.readAllBytes());
            files.put(key, parts.file());
            return isSoap(call) ? ENVELOPES.verify(parts.document()).contentDigest() : Digest.of(parts.document());
        } catch (Malformed | SignatureRefused broken) {
            throw new IOException("what came is not whole", broken);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
