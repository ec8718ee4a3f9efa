package io.chapar.sandbox.agency;

import com.sun.net.httpserver.HttpExchange;
import io.chapar.sandbox.agency.Mood.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where the sandbox is told what to do while it runs: {@code GET agencies}, {@code POST mood?party=&mood=&delay=},
 * {@code POST play}. The port is open to this machine only, and wants a development certificate.
 */
public final class ControlDesk {

    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String MOODS =
            Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));

    private final Agencies agencies;
    private final Consumer<PrintStream> play;

    /** @param play plays once, and says on the stream how it goes */
    public ControlDesk(Agencies agencies, Consumer<PrintStream> play) {
        this.agencies = agencies;
        this.play = play;
    }

    void serve(HttpExchange call) throws IOException {
        if (!call.getRemoteAddress().getAddress().isLoopbackAddress()) {
            say(call, 403, "The sandbox is told what to do from its own machine only.\n");
            return;
        }
        switch (call.getRequestMethod() + " " + call.getRequestURI().getPath()) {
            case "GET /control/agencies" -> say(call, 200, list());
            case "POST /control/mood" -> change(call);
            case "POST /control/play" -> play(call);
            default -> say(call, 404, "Known are GET agencies, POST mood, POST play.\n");
        }
    }

    private String list() {
        return agencies.all().stream()
                .map(agency -> agency.code() + ": " + agency.mood() + "\n")
                .collect(Collectors.joining());
    }

    private void change(HttpExchange call) throws IOException {
        Map<String, String> wanted = parameters(call);
        Optional<Agency> agency = agencies.agency(wanted.getOrDefault("party", ""));
        Optional<Kind> kind = Kind.ofWord(wanted.getOrDefault("mood", ""));
        String delay = wanted.getOrDefault("delay", "0");
        if (agency.isEmpty() || kind.isEmpty() || !delay.matches("[0-9]{1,6}")) {
            say(call, 400, "Say which party, a mood (" + MOODS + ") and a delay in ms.\n");
            return;
        }
        agency.get().become(new Mood(kind.get(), Duration.ofMillis(Long.parseLong(delay))));
        say(call, 200, agency.get().code() + ": " + agency.get().mood() + "\n");
    }

    private static Map<String, String> parameters(HttpExchange call) {
        Map<String, String> parameters = new HashMap<>();
        String query = Optional.ofNullable(call.getRequestURI().getQuery()).orElse("");
        for (String pair : query.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], sides.length > 1 ? sides[1] : "");
        }
        return parameters;
    }

    private void play(HttpExchange call) throws IOException {
        call.getRequestBody().readAllBytes();
        call.getResponseHeaders().set("Content-Type", TEXT);
        call.sendResponseHeaders(200, 0);
        try (PrintStream out = new PrintStream(call.getResponseBody(), true, StandardCharsets.UTF_8)) {
            play.accept(out);
        }
    }

    private static void say(HttpExchange call, int status, String text) throws IOException {
        call.getRequestBody().readAllBytes();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", TEXT);
        call.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = call.getResponseBody()) {
            body.write(bytes);
        }
    }
}
