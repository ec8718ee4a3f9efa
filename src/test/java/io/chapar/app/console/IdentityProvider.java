package io.chapar.app.console;

import io.chapar.habits.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A real OpenID provider, Node's oidc-provider, in a process of its own; and somebody who logs in there. */
final class IdentityProvider implements AutoCloseable {

    static final String CLIENT = "chapar";
    static final String SECRET = "the-secret-of-the-client-chapar";

    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final int MOST_PAGES = 12;

    private final Process process;
    private final BufferedReader said;
    private final Writer told;
    private final URI issuer;

    private IdentityProvider(Process process) throws IOException {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.told = process.outputWriter(UTF_8);
        this.issuer = URI.create(String.valueOf(said.readLine()));
    }

    /** Skips the test where Node or the provider's package is missing. */
    static void needed() {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/oidc-provider"), "npm ci --prefix " + SCRIPTS);
    }

    /**
     * Answers 503 until it {@link #serves}.
     *
     * @param certificates a folder with {@code tls.key.pem} and {@code tls.cert.pem} for this machine
     */
    static IdentityProvider start(Path certificates) throws IOException {
        return new IdentityProvider(new ProcessBuilder(
                        "node",
                        SCRIPTS.resolve("provider.mjs").toString(),
                        certificates.resolve("tls.key.pem").toString(),
                        certificates.resolve("tls.cert.pem").toString(),
                        CLIENT,
                        SECRET)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    URI issuer() {
        return issuer;
    }

    /** @param redirect the only address to which it sends people back */
    void serves(String redirect) throws IOException {
        told.write(redirect + "\n");
        told.flush();
        assertThat(said.readLine()).isEqualTo("ready");
    }

    /**
     * Goes through its pages, and fills in their forms: says who they are, and that they mean it.
     *
     * @param begin where the gateway leads to, to log in or out
     * @return where it leads back to
     */
    URI goThrough(Browser browser, URI begin, String name) throws IOException, InterruptedException {
        URI at = begin;
        HttpResponse<String> page = browser.get(at);
        for (int i = 0; i < MOST_PAGES; i++) {
            if (page.statusCode() / 100 == 3) {
                at = at.resolve(page.headers().firstValue("Location").orElseThrow());
                if (!at.getRawAuthority().equals(issuer.getRawAuthority())) {
                    return at;
                }
                page = browser.get(at);
            } else {
                assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                Matcher action = ACTION.matcher(page.body());
                assertThat(action.find()).as(page.body()).isTrue();
                at = at.resolve(action.group(1));
                page = browser.post(at, "application/x-www-form-urlencoded", filled(page.body(), name), Map.of());
            }
        }
        throw new AssertionError("the identity provider goes on asking: " + page.body());
    }

    private static String filled(String page, String name) {
        Map<String, String> fields = new TreeMap<>(Map.of("login", name, "password", "any", "logout", "yes"));
        HIDDEN.matcher(page).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Its input ends, and so does it. */
    @Override
    public void close() throws IOException, InterruptedException {
        told.close();
        process.waitFor();
    }
}
