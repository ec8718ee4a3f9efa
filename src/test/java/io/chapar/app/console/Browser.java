package io.chapar.app.console;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Somebody's browser: keeps cookies, follows nothing. */
final class Browser {
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;
    private final int people;

    /** Of somebody at {@link RunningConsole}. */
    Browser() {
        this(RunningConsole.trusted(), RunningConsole.people());
    }

    /** @param people the people's port of the gateway at which somebody is */
    Browser(SSLContext trusted, int people) {
        this.client = HttpClient.newBuilder()
                .sslContext(trusted)
                .cookieHandler(cookies)
                .build();
        this.people = people;
    }

    private static URI address(int port, String path) {
        return URI.create("https://localhost:" + port + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return get(people, path, headers);
    }

    HttpResponse<String> get(int port, String path, String... headers) throws IOException, InterruptedException {
        return get(address(port, path), headers);
    }

    HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String contentType, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return post(address(people, path), contentType, body, headers);
    }

    HttpResponse<String> post(URI address, String contentType, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    String token() {
        return cookie("XSRF-TOKEN").orElseThrow();
    }

    HttpResponse<String> logIn(String name, String password) throws IOException, InterruptedException {
        get("/hawtio/login");
        String form = "username=" + name + "&password=" + URLEncoder.encode(password, UTF_8) + "&_csrf=" + token();
        HttpResponse<String> answer = post("/hawtio/login", "application/x-www-form-urlencoded", form, Map.of());
        // the old token ended with the login: the next page brings a new one
        get("/hawtio/login");
        return answer;
    }

    HttpResponse<String> jolokia(String request) throws IOException, InterruptedException {
        return post("/hawtio/jolokia", "application/json", request, Map.of("X-XSRF-TOKEN", token()));
    }
}
