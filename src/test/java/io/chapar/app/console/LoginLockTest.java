package io.chapar.app.console;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever guesses passwords at the people's port itself. Each test has a name of its own, so that none waits for another.
 * The gateway runs where Spring Boot by itself believes what headers say of who calls.
 */
class LoginLockTest {

    private static final int FREE = 5;

    private static ConfigurableApplicationContext gateway;
    private static ServerCertificate certificate;

    @BeforeAll
    static void start(@TempDir Path folder) {
        certificate = ServerCertificate.in(folder.resolve("certs"));
        gateway = new SpringApplicationBuilder(ConsoleApplication.class, ConsoleTls.class)
                .run(
                        "--chapar.certificates=" + certificate.folder(),
                        "--chapar.routes=" + folder,
                        "--camel.main.name=locked",
                        "--spring.main.cloud-platform=kubernetes",
                        "--server.port=0",
                        "--management.server.port=0");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void refused_by_form_even_with_the_right_password_after_five_wrong_ones() throws Exception {
        for (int i = 0; i < FREE; i++) {
            assertThat(isIn(browser().logIn("admin", "wrong" + i))).isFalse();
        }

        assertThat(isIn(browser().logIn("admin", "admin-sandbox"))).isFalse();
        assertThat(isIn(browser().logIn("viewer", "viewer-sandbox"))).isTrue();
    }

    @Test
    void refused_by_basic_even_with_the_right_password_after_five_wrong_ones() throws Exception {
        for (int i = 0; i < FREE; i++) {
            assertThat(basic("auditor", "wrong" + i, Map.of())).isEqualTo(401);
        }

        assertThat(basic("auditor", "auditor-sandbox", Map.of())).isEqualTo(401);
        assertThat(basic("viewer", "viewer-sandbox", Map.of())).isEqualTo(200);
    }

    @Test
    void refused_also_when_headers_name_another_address_each_time() throws Exception {
        for (int i = 0; i < FREE; i++) {
            assertThat(basic("operator", "wrong" + i, from(i))).isEqualTo(401);
        }

        assertThat(basic("operator", "operator-sandbox", from(FREE))).isEqualTo(401);
        assertThat(isIn(form("operator", "operator-sandbox", from(FREE + 1)))).isFalse();
        assertThat(basic("viewer", "viewer-sandbox", from(FREE + 2))).isEqualTo(200);
    }

    private static Map<String, String> from(int address) {
        String forged = "203.0.113." + address;
        return Map.of("X-Forwarded-For", forged, "Forwarded", "for=" + forged, "X-Real-IP", forged);
    }

    private static Browser browser() {
        int port = gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        return new Browser(certificate.trusted(), port);
    }

    private static boolean isIn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return !answer.headers().firstValue("Location").orElseThrow().endsWith("/hawtio/login?error");
    }

    private static int basic(String name, String password, Map<String, String> more)
            throws IOException, InterruptedException {
        String both = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
        String[] headers = Stream.concat(
                        Stream.of("Authorization", "Basic " + both),
                        more.entrySet().stream().flatMap(each -> Stream.of(each.getKey(), each.getValue())))
                .toArray(String[]::new);
        return browser().get("/actuator/prometheus", headers).statusCode();
    }

    private static HttpResponse<String> form(String name, String password, Map<String, String> more)
            throws IOException, InterruptedException {
        Browser browser = browser();
        browser.get("/hawtio/login");
        String form = "username=" + name + "&password=" + password + "&_csrf=" + browser.token();
        return browser.post("/hawtio/login", "application/x-www-form-urlencoded", form, more);
    }
}
