package io.chapar.sandbox.command;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command reaches the sandbox of a running gateway. */
final class SandboxLine {

    @Option(names = "--port", defaultValue = "9443", description = "The sandbox's port (${DEFAULT-VALUE}).")
    private int port = 9443;

    @Option(
            names = "--certificates",
            defaultValue = "certs-dev",
            description = "The folder of development certificates (${DEFAULT-VALUE}).")
    private Path certificates = Path.of("certs-dev");

    /** Calls, and prints the answer as it comes. Returns the exit code. */
    int call(String method, String path, PrintWriter out) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(PartyKeys.load(certificates, PartyCode.CHAPAR).client())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/control/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<InputStream> reply = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = reply.body()) {
                byte[] some = new byte[4096];
                for (int length = body.read(some); length >= 0; length = body.read(some)) {
                    out.print(new String(some, 0, length, StandardCharsets.UTF_8));
                    out.flush();
                }
            }
            return reply.statusCode() == 200 ? 0 : 1;
        } catch (ConnectException e) {
            out.println("No sandbox answers on port " + port + ": start the gateway first.");
        } catch (IOException e) {
            out.println("The sandbox broke off: " + e.getClass().getSimpleName());
        }
        out.flush();
        return 1;
    }
}
