package io.chapar.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks a running gateway by its people's port, as Hawtio does: who logs in there may do what their role allows. */
final class PeoplesPortClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PASSWORD = "CHAPAR_PASSWORD";

    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS",
            defaultValue = "${env:CHAPAR_GATEWAY:-https://localhost:8444}",
            description = "The people's port of a gateway (${DEFAULT-VALUE}).")
    private URI gateway = URI.create("https://localhost:8444");

    @Option(
            names = "--login",
            defaultValue = "${env:CHAPAR_LOGIN:-operator}",
            description = "Who acts; it is recorded (${DEFAULT-VALUE}).")
    private String login = "operator";

    @Option(
            names = "--password",
            interactive = true,
            description = "Asks for the password; else it is taken from the environment: " + PASSWORD + ".")
    private char @Nullable [] password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Or from this file's first line.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--trusted",
            paramLabel = "PEM",
            defaultValue = "certs-dev/ca.cert.pem",
            description = "Who vouches for the gateway's certificate (${DEFAULT-VALUE}).")
    private Path trusted = Path.of("certs-dev/ca.cert.pem");

    /**
     * What an operation answers.
     *
     * @throws IOException in words for whoever typed the command
     */
    JsonNode call(String bean, String operation, List<String> arguments) throws IOException, InterruptedException {
        ObjectNode request =
                JSON.createObjectNode().put("type", "exec").put("mbean", bean).put("operation", operation);
        arguments.forEach(request.putArray("arguments")::add);
        JsonNode said = understood(post(request.toString()));
        if (said.path("status").asInt() == 403) {
            throw new IOException("the role of " + login + " does not allow it; operator and admin may act");
        }
        if (said.path("status").asInt() != 200) {
            throw new IOException("the gateway could not: " + said.path("error").asText());
        }
        return said.path("value");
    }

    /**
     * What a page says.
     *
     * @param path such as {@code /actuator/equation}
     * @throws NobodyThere when no gateway answers
     * @throws IOException in words for whoever typed the command
     */
    JsonNode page(String path) throws IOException, InterruptedException {
        return understood(send(HttpRequest.newBuilder(gateway.resolve(path)).GET()));
    }

    /** Whether there is one with which to ask. */
    boolean hasPassword() {
        return password != null || passwordFile != null || System.getenv(PASSWORD) != null;
    }

    /** Nothing was heard from a gateway. */
    static final class NobodyThere extends IOException {
        private static final long serialVersionUID = 1L;

        NobodyThere(String words, IOException cause) {
            super(words, cause);
        }
    }

    private JsonNode understood(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 401) {
            throw new IOException(
                    "login or password is wrong, or was too often: five failures make a login wait a minute");
        }
        if (answer.statusCode() != 200) {
            throw new IOException(
                    gateway + " answers " + answer.statusCode() + ": is this the people's port of a gateway?");
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        // Sent as a cookie and as a header: no other site's page could send both.
        String token = UUID.randomUUID().toString();
        return send(HttpRequest.newBuilder(gateway.resolve("/hawtio/jolokia"))
                .header("Content-Type", "application/json")
                .header("Cookie", "XSRF-TOKEN=" + token)
                .header("X-XSRF-TOKEN", token)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.timeout(PATIENCE).header("Authorization", "Basic " + credentials());
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TlsContexts.anonymousClient(PemFiles.certificates(trusted)))
                .build();
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new NobodyThere("no gateway answers at " + gateway + ": is it running?", e);
        } catch (IOException e) {
            throw new IOException(
                    gateway + " gives no answer (" + e.getClass().getSimpleName() + "): is it a gateway, and does "
                            + trusted + " vouch for it?",
                    e);
        }
    }

    private String password() throws IOException {
        if (password != null) {
            return new String(password);
        }
        if (passwordFile != null) {
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        }
        return Optional.ofNullable(System.getenv(PASSWORD))
                .orElseThrow(() -> new IOException("there is no password: put it into the environment as " + PASSWORD
                        + ", name a file with --password-file, or be asked for it with --password"));
    }

    private String credentials() throws IOException {
        String given = password();
        return Base64.getEncoder().encodeToString((login + ":" + given).getBytes(StandardCharsets.UTF_8));
    }
}
