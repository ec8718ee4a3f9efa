package io.chapar.app.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.message.PartyCode;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestCertificates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A whole gateway on ports of its own, and the connections of hotels to it. */
public final class BulkGateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One of batches, one with files, one of which nothing may come in a batch. */
    private static final List<String> EXCHANGES =
            List.of(Stays.EXCHANGE, "consular-registration", "identification-number-assigned");

    private final Path folder;
    private final List<String> settings;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private ServletWebServerApplicationContext context;

    public BulkGateway(Path folder, String... more) throws IOException {
        this.folder = folder;
        this.settings = WholeGateway.settings(
                folder,
                WholeGateway.UNWATCHED,
                "--chapar.routes=" + FewExchanges.in(folder.resolve("routes"), EXCHANGES, "HOTEL-2"),
                "--chapar.parties.SMS.channel=mailbox");
        settings.addAll(List.of(more));
        TestCertificates.in(folder.resolve("certificates"));
        this.context = start();
    }

    private ServletWebServerApplicationContext start() {
        return WholeGateway.start(settings);
    }

    public void stop() {
        context.close();
    }

    public void startAgain() {
        context = start();
    }

    public int port() {
        return context.getWebServer().getPort();
    }

    Path batches() {
        return folder.resolve("data/batches");
    }

    long recorded() {
        return context.getBean(MessageRecord.class).equation().accepted();
    }

    String figures() {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    public PartyKeys keys(String party) {
        return PartyKeys.load(folder.resolve("certificates"), new PartyCode(party));
    }

    public static String address(String exchange, UUID batch) {
        return "/api/v1/exchanges/" + exchange + "/batches/" + batch;
    }

    public HttpResponse<String> put(String party, String path, String type, byte[] body, String... headers) {
        return send(party, request(path, headers).header("Content-Type", type).PUT(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> get(String party, String path) {
        return send(party, request(path).GET());
    }

    public HttpResponse<String> post(String party, String path, byte[] json, String jws) {
        return send(
                party,
                request(path, "Content-Type", "application/json", "X-JWS-Signature", jws)
                        .POST(BodyPublishers.ofByteArray(json)));
    }

    HttpResponse<String> call(String party, String method, String path) {
        return send(party, request(path).method(method, BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
                .timeout(Duration.ofMinutes(2));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(String party, HttpRequest.Builder request) {
        HttpClient client = clients.computeIfAbsent(
                party,
                code -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(keys(code).client())
                        .build());
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode status(String party, String path) {
        return json(get(party, path).body());
    }

    /** What is told about the batch's messages, in its order. */
    public List<JsonNode> receipts(String party, String path, int from) {
        return get(party, path + "/receipts?from=" + from)
                .body()
                .lines()
                .map(BulkGateway::json)
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
