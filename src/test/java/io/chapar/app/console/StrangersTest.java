package io.chapar.app.console;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is not logged in has no session: it would be kept for half an hour, and strangers could make them without end. */
class StrangersTest {

    private static final String SESSION = "__Host-chapar";

    private static final List<String> PATHS = List.of(
            "/",
            "/login",
            "/logout",
            "/error",
            "/nowhere",
            "/hawtio",
            "/hawtio?continue",
            "/hawtio/",
            "/hawtio/index.html",
            "/hawtio/favicon.ico",
            "/hawtio/login",
            "/hawtio/login?error",
            "/hawtio/login/oidc",
            "/hawtio/login/oidc/code?code=x&state=y",
            "/hawtio/logout",
            "/hawtio/auth/login",
            "/hawtio/auth/logout",
            "/hawtio/auth/config",
            "/hawtio/keycloak/enabled",
            "/hawtio/proxy/enabled",
            "/hawtio/user",
            "/hawtio/plugin",
            "/hawtio/static/chapar/chapar.js",
            "/hawtio/jolokia",
            "/hawtio/jolokia/version",
            "/hawtio/%6Aolokia/version",
            "/actuator",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/prometheus");

    private final Browser stranger = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "*/*"})
    void without_a_session_whatever_a_stranger_asks_for(String accept) throws Exception {
        for (String path : PATHS) {
            stranger.get(path, "Accept", accept);
            assertThat(stranger.cookie(SESSION)).as(path).isEmpty();
        }
    }

    @Test
    void without_a_session_when_a_stranger_fails_to_log_in() throws Exception {
        stranger.logIn("nobody", "wrong");
        assertThat(stranger.cookie(SESSION)).as("the form").isEmpty();

        stranger.post("/hawtio/login", "application/x-www-form-urlencoded", "username=admin&password=x", Map.of());
        assertThat(stranger.cookie(SESSION)).as("the form without its token").isEmpty();

        String login = Base64.getEncoder().encodeToString("nobody:wrong".getBytes(UTF_8));
        stranger.get("/actuator/prometheus", "Authorization", "Basic " + login);
        assertThat(stranger.cookie(SESSION)).as("HTTP Basic").isEmpty();
    }
}
