package io.chapar.app.console;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class PeoplesPortTest {

    private static final String JOLOKIA = "/hawtio/jolokia";

    private static final String STOP = """
            {"type":"exec","mbean":"org.apache.camel:context=people,type=routes,name=\\"somewhere\\"","operation":"stop()"}""";

    private static final String STATE = """
            {"type":"read","mbean":"org.apache.camel:context=people,type=routes,name=\\"somewhere\\"","attribute":"State"}""";

    private final int people = RunningConsole.people();
    private final int agencies = RunningConsole.agencies();

    @AfterEach
    void the_route_runs_again() throws Exception {
        RunningConsole.camel().getRouteController().startRoute("somewhere");
    }

    @Test
    void shown_without_a_login_when_a_probe_asks() throws Exception {
        assertThat(new Browser().get(people, "/actuator/health/liveness").statusCode())
                .isEqualTo(200);
    }

    @Test
    void red_when_no_message_could_be_recorded() throws Exception {
        HttpResponse<String> answer = new Browser().get(people, "/actuator/health/readiness");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"status\":\"DOWN\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator/info", "/actuator/equation"})
    void refused_when_nobody_is_logged_in(String path) throws Exception {
        HttpResponse<String> answer = new Browser().get(people, path);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Chapar\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hawtio/jolokia", "/hawtio/jolokia/version", "/hawtio/plugin", "/hawtio/user"})
    void refused_when_a_script_asks_without_a_login(String path) throws Exception {
        HttpResponse<String> answer = new Browser().get(people, path, "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void led_to_the_login_when_a_browser_comes_to_hawtio() throws Exception {
        HttpResponse<String> answer = new Browser().get(people, "/hawtio", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/hawtio/login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/error",
                "/jolokia",
                "/actuator/jolokia",
                "/actuator/hawtio",
                "/api/v1/exchanges",
                "/ws/x",
                "/health"
            })
    void not_found_when_the_path_is_none_of_the_peoples_port(String path) throws Exception {
        Browser browser = new Browser();
        browser.logIn("admin", "admin-sandbox");
        assertThat(browser.get(people, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hawtio",
                "/hawtio/",
                "/hawtio/login",
                "/hawtio/jolokia",
                "/actuator/health/liveness",
                "/actuator/prometheus"
            })
    void not_found_when_a_path_of_the_peoples_port_is_asked_of_the_agencies_port(String path) throws Exception {
        assertThat(new Browser().get(agencies, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"admin, viewer-sandbox", "nobody, admin-sandbox", "admin, ''"})
    void refused_when_name_or_password_is_wrong(String name, String password) throws Exception {
        HttpResponse<String> answer = new Browser().logIn(name, password);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/hawtio/login?error");
    }

    @Test
    void refused_when_a_login_comes_without_the_forms_token() throws Exception {
        HttpResponse<String> answer = new Browser()
                .post(
                        "/hawtio/login",
                        "application/x-www-form-urlencoded",
                        "username=admin&password=admin-sandbox",
                        Map.of());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void kept_from_scripts_and_other_sites_when_a_session_begins() throws Exception {
        HttpResponse<String> answer = new Browser().logIn("viewer", "viewer-sandbox");
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-chapar=")
                        .contains("Secure", "HttpOnly", "SameSite=Strict"));
    }

    @Test
    void protected_by_headers_when_hawtio_is_shown() throws Exception {
        Browser browser = new Browser();
        browser.logIn("viewer", "viewer-sandbox");
        HttpResponse<String> page = browser.get(people, "/hawtio/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("hawtio");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void shown_to_a_viewer_what_the_gateway_counts() throws Exception {
        Browser browser = new Browser();
        browser.logIn("viewer", "viewer-sandbox");
        assertThat(browser.get(people, "/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(browser.get(people, "/hawtio/user").body()).isEqualToIgnoringWhitespace("\"viewer\"");
        assertThat(browser.get(people, "/hawtio/plugin").body()).contains("\"chapar\"");
        assertThat(browser.get(people, "/hawtio/static/chapar/chapar.js").body())
                .contains("window.chapar");
    }

    @Test
    void shown_to_a_viewer_the_state_of_a_route() throws Exception {
        Browser browser = new Browser();
        browser.logIn("viewer", "viewer-sandbox");
        assertThat(browser.jolokia(STATE).body()).contains("\"Started\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "auditor"})
    void refused_when_somebody_who_only_looks_stops_a_route(String role) throws Exception {
        Browser browser = new Browser();
        browser.logIn(role, role + "-sandbox");
        assertThat(browser.jolokia(STOP).body()).contains("\"status\":403");
        assertThat(routeState()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "admin"})
    void stopped_when_somebody_who_acts_stops_a_route(String role) throws Exception {
        Browser browser = new Browser();
        browser.logIn(role, role + "-sandbox");
        assertThat(browser.jolokia(STOP).body()).contains("\"status\":200");
        assertThat(routeState()).isEqualTo(ServiceStatus.Stopped);
    }

    @Test
    void refused_when_an_admin_stops_a_route_without_the_token() throws Exception {
        Browser browser = new Browser();
        browser.logIn("admin", "admin-sandbox");
        assertThat(browser.post(JOLOKIA, "application/json", STOP, Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(routeState()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hawtio/jolokia/",
                "/hawtio/jolokia?p=",
                "/hawtio/%6Aolokia/",
                "/hawtio/jolokia;x=y/",
                "/hawtio;x=y/jolokia/",
                "//hawtio//jolokia/",
                "/hawtio/./jolokia/",
                "/hawtio/%2e/jolokia/",
                "/hawtio%2Fjolokia/",
                "/hawtio/jolokia//",
                "/hawtio/jolokia/version/../"
            })
    void refused_when_an_admin_stops_a_route_by_a_mere_link(String path) throws Exception {
        Browser browser = new Browser();
        browser.logIn("admin", "admin-sandbox");
        String link = path + "exec/org.apache.camel:context=people,type=routes,name=!%22somewhere!%22/stop()";
        assertThat(browser.get(people, link).statusCode())
                .as("403, or 400 when it is written otherwise than it is read")
                .isIn(400, 403);
        assertThat(routeState()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hawtio/jolokia/exec/x",
                "/hawtio/%6Aolokia/exec/x",
                "/hawtio;a/jolokia;b/exec;c/x",
                "//hawtio/./jolokia/exec/x"
            })
    void a_command_by_get_is_recognised_however_its_path_is_written(String written) {
        assertThat(ConsoleSecurity.actsByGet(jolokia(written, "/exec/x"))).isTrue();
    }

    @Test
    void a_look_by_get_whether_somebody_is_there_is_no_command() {
        assertThat(ConsoleSecurity.actsByGet(jolokia(JOLOKIA, null))).isFalse();
        assertThat(ConsoleSecurity.actsByGet(jolokia("/hawtio/%6Aolokia/version", "/version")))
                .isFalse();
    }

    /** As the server hands it on, which has found the servlet by the path. */
    private static MockHttpServletRequest jolokia(String written, @Nullable String behindTheServlet) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", written);
        request.setServletPath(JOLOKIA);
        request.setPathInfo(behindTheServlet);
        return request;
    }

    @Test
    void refused_when_an_admin_reads_the_heap_or_changes_a_setting() throws Exception {
        Browser browser = new Browser();
        browser.logIn("admin", "admin-sandbox");
        assertThat(browser.jolokia("""
                                {"type":"exec","mbean":"com.sun.management:type=HotSpotDiagnostic",
                                 "operation":"dumpHeap","arguments":["/tmp/x.hprof",false]}""").body()).contains("\"status\":403");
        assertThat(browser.jolokia("""
                                {"type":"write","mbean":"java.lang:type=Memory","attribute":"Verbose","value":true}""").body()).contains("\"status\":403");
    }

    @Test
    void refused_when_hawtio_is_asked_to_call_another_agent() throws Exception {
        Browser browser = new Browser();
        browser.logIn("admin", "admin-sandbox");
        assertThat(browser.get(people, "/hawtio/proxy/localhost/1/").statusCode())
                .isEqualTo(403);
        assertThat(ClassUtils.isPresent("org.jolokia.service.jsr160.Jsr160RequestHandler", null))
                .as("what would let Jolokia call another agent is not part of the program")
                .isFalse();
    }

    private ServiceStatus routeState() {
        return RunningConsole.camel().getRouteController().getRouteStatus("somewhere");
    }
}
