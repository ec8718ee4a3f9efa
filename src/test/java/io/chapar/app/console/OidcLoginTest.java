package io.chapar.app.console;

import io.chapar.console.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** People who log in at a real identity provider, and people who would like to seem as if they had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcLoginTest {

    private static final String SESSION = "__Host-chapar";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ROUTE = "org.apache.camel:context=chapar,type=routes,name=\\\"somewhere\\\"";
    private static final String STATE = "{\"type\":\"read\",\"mbean\":\"" + ROUTE + "\",\"attribute\":\"State\"}";
    private static final String STOP = "{\"type\":\"exec\",\"mbean\":\"" + ROUTE + "\",\"operation\":\"stop()\"}";
    private static final String HEAP = "{\"type\":\"exec\",\"mbean\":\"com.sun.management:type=HotSpotDiagnostic\","
            + "\"operation\":\"dumpHeap\",\"arguments\":[\"/tmp/x.hprof\",false]}";
    private static final Set<Role> ACTING = Set.of(Role.OPERATOR, Role.ADMIN);

    private OidcGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        IdentityProvider.needed();
        gateway = new OidcGateway(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static int user(Browser browser) throws Exception {
        return browser.get("/hawtio/user", "Accept", "application/json").statusCode();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Is led to a page that says so, and is nobody. */
    private void refused(Browser browser, HttpResponse<String> answer, String reason, String words) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).endsWith("/hawtio/login?refused=" + reason);
        assertThat(browser.get(URI.create(location(answer))).body())
                .contains(words)
                .doesNotContain("hidden>");
        assertThat(browser.cookie(SESSION)).isEmpty();
        assertThat(user(browser)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void somebody_with_a_role_may_what_the_role_may_and_no_more(Role role) throws Exception {
        Browser browser = gateway.as(role.code());
        try {
            assertThat(browser.get("/hawtio/user").body()).isEqualToIgnoringWhitespace("\"" + role.code() + "\"");
            assertThat(browser.get("/hawtio/").statusCode()).isEqualTo(200);
            assertThat(browser.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
            assertThat(browser.jolokia(STATE).body()).contains("\"status\":200");
            assertThat(browser.jolokia(HEAP).body()).contains("\"status\":403");
            assertThat(browser.jolokia(STOP).body()).contains("\"status\":" + (ACTING.contains(role) ? 200 : 403));
            assertThat(gateway.camel().getRouteController().getRouteStatus("somewhere"))
                    .isEqualTo(ACTING.contains(role) ? ServiceStatus.Stopped : ServiceStatus.Started);
        } finally {
            gateway.camel().getRouteController().startRoute("somewhere");
        }
    }

    @Test
    void a_claim_that_is_one_string_is_one_value() throws Exception {
        assertThat(gateway.as("one-string").get("/hawtio/user").body()).isEqualToIgnoringWhitespace("\"one-string\"");
    }

    /** Their access token, and what the provider would tell of them if it were asked, would make all of them admins. */
    @ParameterizedTest
    @ValueSource(strings = {"somebody", "nearly-an-admin"})
    void refused_when_the_claims_of_the_id_token_give_no_role(String name) throws Exception {
        Browser browser = gateway.browser();
        refused(browser, browser.get(gateway.ledBack(browser, name)), "no-role", "you have no role here");
    }

    @ParameterizedTest
    @CsvSource({
        "signed-by-another-key, Invalid signature",
        "signed-by-a-key-that-it-brings, Invalid signature",
        "not-signed, Unsupported algorithm of none",
        "signed-with-the-clients-secret, Another algorithm expected",
        "altered-after-it-was-signed, Invalid signature",
        "with-another-nonce, invalid_nonce",
        "without-a-nonce, invalid_nonce",
        "for-another-client, invalid claims: {aud=",
        "for-another-client-too, invalid claims: {azp=",
        "of-another-issuer, invalid claims: {iss=",
        "of-no-issuer, a claim is not of its type",
        "of-yesterday, Jwt expired",
        "without-an-end, invalid claims: {exp=",
        "of-tomorrow, invalid claims: {iat=",
        "of-nobody, invalid claims: {sub=",
        "no-token-at-all, Malformed token"
    })
    void refused_when_the_id_token_is(String forgery, String reason) throws Exception {
        Browser browser = gateway.browser();
        refused(browser, browser.get(gateway.ledBack(browser, forgery)), "unproven", "proves nothing");
        assertThat(gateway.log()).anyMatch(line -> line.contains("login refused: ") && line.contains(reason));
    }

    @Test
    void refused_when_the_way_back_is_taken_in_a_browser_in_which_no_login_was_begun() throws Exception {
        Browser victim = gateway.browser();
        refused(victim, victim.get(gateway.ledBack(gateway.browser(), "admin")), "unproven", "Begin again");
    }

    @Test
    void refused_when_the_way_back_belongs_to_the_login_of_another_browser() throws Exception {
        Browser victim = gateway.browser();
        gateway.begun(victim);
        refused(victim, victim.get(gateway.ledBack(gateway.browser(), "admin")), "unproven", "Begin again");
    }

    @Test
    void refused_when_the_code_of_another_comes_with_the_own_state() throws Exception {
        Browser thief = gateway.browser();
        String stolen =
                gateway.ledBack(gateway.browser(), "admin").getRawQuery().replaceFirst("&?state=[^&]*", "");
        String own = gateway.begun(thief).getRawQuery().replaceFirst(".*(state=[^&]*).*", "$1");

        refused(thief, thief.get(OidcGateway.RETURN + "?" + stolen + "&" + own), "unproven", "Begin again");
    }

    @Test
    void refused_when_the_same_way_back_is_taken_twice() throws Exception {
        Browser first = gateway.browser();
        URI back = gateway.ledBack(first, "admin");
        String begun =
                "__Host-chapar-login=" + first.cookie("__Host-chapar-login").orElseThrow();
        assertThat(first.get(back).statusCode()).isEqualTo(200);

        Browser second = gateway.browser();
        refused(second, second.get(back, "Cookie", begun), "unproven", "Begin again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?state=x", "?code=x&state=", "?error=access_denied&error_description=%0aERROR+forged"})
    void refused_when_the_way_back_brings_nothing_that_was_asked_for(String query) throws Exception {
        Browser browser = gateway.browser();
        gateway.begun(browser);

        refused(browser, browser.get(OidcGateway.RETURN + query), "unproven", "Begin again");
        assertThat(gateway.log()).noneMatch(line -> line.contains("forged"));
    }

    @Test
    void told_that_nobody_can_log_in_while_the_provider_does_not_answer() throws Exception {
        assertThat(location(gateway.answerWhileAway())).endsWith("/hawtio/login?refused=away");
        assertThat(gateway.browser().get("/hawtio/login?refused=away").body())
                .contains("identity provider does not answer", "Log in with 127.0.0.1");
        assertThat(gateway.log())
                .anyMatch(line ->
                        line.contains(gateway.issuer() + " cannot be asked for logins") && line.contains("503"));
    }

    @Test
    void led_to_the_provider_with_a_state_a_nonce_and_a_challenge_that_are_new_each_time() throws Exception {
        String once = gateway.begun(gateway.browser()).getRawQuery();
        String again = gateway.begun(gateway.browser()).getRawQuery();

        for (String parameter : Set.of("state", "nonce", "code_challenge")) {
            String value = once.replaceFirst(".*\\b" + parameter + "=([^&]{43,}).*", "$1");
            assertThat(once).as(parameter).contains("&" + parameter + "=" + value);
            assertThat(again).as(parameter).doesNotContain(value);
        }
        assertThat(once).contains("response_type=code", "code_challenge_method=S256", "scope=openid%20groups");
    }

    /** As a browser does that comes from the provider's site: it sends no cookie that is for this site alone. */
    @Test
    void logged_in_though_a_browser_keeps_the_strict_cookies_back_when_another_site_leads_here() throws Exception {
        Browser before = gateway.browser();
        before.get("/hawtio", "Accept", "text/html");
        URI back = gateway.ledBack(before, "viewer");
        assertThat(before.cookie(SESSION)).as("nothing is kept of a stranger").isEmpty();

        Browser after = gateway.browser();
        HttpResponse<String> answer = after.get(
                back,
                "Cookie",
                "__Host-chapar-login=" + before.cookie("__Host-chapar-login").orElseThrow());

        assertThat(answer.statusCode())
                .as("no redirect: it would still be the other site's")
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Refresh")).hasValue("0;url=/hawtio/");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith(SESSION + "=").contains("Secure", "HttpOnly", "SameSite=Strict"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-chapar-login=;")
                        .contains("Max-Age=0", "Secure", "HttpOnly", "SameSite=Lax"));
        assertThat(user(after)).isEqualTo(200);
    }

    @Test
    void the_session_that_somebody_had_before_is_not_the_one_that_is_logged_in() throws Exception {
        Browser browser = gateway.as("viewer");
        String before = browser.cookie(SESSION).orElseThrow();
        browser.get(gateway.ledBack(browser, "admin"));

        assertThat(browser.cookie(SESSION)).isPresent().get().isNotEqualTo(before);
        assertThat(gateway.browser()
                        .get("/hawtio/user", "Cookie", SESSION + "=" + before)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobody_any_more_after_a_logout_which_needs_the_token() throws Exception {
        Browser browser = gateway.as("admin");
        String session = browser.cookie(SESSION).orElseThrow();
        assertThat(browser.post("/hawtio/jolokia", "application/json", STOP, Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/hawtio/logout", FORM, "", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(user(browser)).isEqualTo(200);

        browser.post("/hawtio/logout", FORM, "_csrf=" + browser.token(), Map.of());
        assertThat(gateway.browser()
                        .get("/hawtio/user", "Cookie", SESSION + "=" + session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobody_any_more_after_a_logout_in_hawtio() throws Exception {
        Browser browser = gateway.as("viewer");
        String session = browser.cookie(SESSION).orElseThrow();

        browser.get("/hawtio/auth/logout");
        assertThat(gateway.browser()
                        .get("/hawtio/user", "Cookie", SESSION + "=" + session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void asked_again_by_the_provider_after_a_logout_and_not_before() throws Exception {
        Browser browser = gateway.as("viewer");
        assertThat(gateway.asksAtTheProvider(browser)).isFalse();

        assertThat(gateway.loggedOut(browser)).hasPath("/hawtio/login");

        assertThat(user(browser)).isEqualTo(401);
        assertThat(gateway.asksAtTheProvider(browser)).isTrue();
    }

    @Test
    void led_to_the_own_page_when_somebody_logs_out_who_is_not_logged_in() throws Exception {
        assertThat(location(gateway.browser().get("/hawtio/auth/logout"))).endsWith("/hawtio/login");
    }

    @Test
    void nobody_any_more_when_the_session_has_lasted_for_half_a_day_although_it_was_used() throws Exception {
        Browser browser = gateway.as("admin");
        gateway.after(
                Duration.ofHours(12).minusMinutes(1),
                () -> assertThat(user(browser)).isEqualTo(200));
        gateway.after(
                Duration.ofHours(12),
                () -> assertThat(browser.jolokia(STATE).statusCode()).isEqualTo(401));
        assertThat(user(browser)).as("also when a clock is set back").isEqualTo(401);
    }

    @Test
    void a_session_remembers_a_name_and_roles_and_no_token() throws Exception {
        gateway.as("auditor");

        assertThat(gateway.remembered("auditor")).isNotEmpty().allSatisfy(login -> {
            assertThat(login.getAuthorities()).extracting(Object::toString).containsExactly("ROLE_auditor");
            assertThat(login.getPrincipal()).extracting("attributes").isEqualTo(Map.of("name", "auditor"));
            assertThat(login.getCredentials()).isEqualTo("");
        });
    }

    @Test
    void no_token_no_code_and_no_secret_is_in_the_log() throws Exception {
        Browser browser = gateway.browser();
        URI back = gateway.ledBack(browser, "admin");
        String code = back.getRawQuery().replaceFirst(".*\\bcode=([^&]+).*", "$1");
        browser.get(back);
        browser.get(gateway.ledBack(gateway.browser(), "signed-by-another-key"));

        assertThat(gateway.log())
                .isNotEmpty()
                .noneMatch(
                        line -> line.contains("eyJ") || line.contains(code) || line.contains(IdentityProvider.SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hawtio/login", OidcGateway.BEGIN, OidcGateway.RETURN})
    void protected_by_headers_like_all_that_is_answered(String path) throws Exception {
        HttpResponse<String> answer = gateway.browser().get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin:admin-sandbox", OidcGateway.PROGRAM + ":" + OidcGateway.PASSWORD})
    void refused_to_everybody_who_sends_the_form_of_a_password(String login) throws Exception {
        Browser browser = gateway.browser();
        assertThat(browser.get("/hawtio/login").body()).doesNotContain("password");
        String[] parts = login.split(":", 2);
        browser.post(
                "/hawtio/login",
                FORM,
                "username=" + parts[0] + "&password=" + parts[1] + "&_csrf=" + browser.token(),
                Map.of());
        assertThat(user(browser)).isEqualTo(401);
    }

    @Test
    void a_program_of_the_file_comes_in_by_http_basic_and_nobody_has_a_password_of_the_sandbox() throws Exception {
        assertThat(asked(OidcGateway.PROGRAM + ":" + OidcGateway.PASSWORD).statusCode())
                .isEqualTo(200);
        assertThat(asked("admin:admin-sandbox").statusCode()).isEqualTo(401);
        assertThat(asked(OidcGateway.PROGRAM + ":" + OidcGateway.PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElse(""))
                .doesNotContain(SESSION + "=");
    }

    private HttpResponse<String> asked(String login) throws Exception {
        return gateway.browser()
                .get(
                        "/actuator/prometheus",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
    }
}
