package io.chapar.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.console.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody tries at the people's port who has no business there, or less than they would like. */
class PeopleKeptOutTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ROUTE = "org.apache.camel:context=people,type=routes,name=\\\"somewhere\\\"";
    private static final String CONTEXT = "org.apache.camel:context=people,type=context,name=\\\"people\\\"";
    private static final String QUEUE = "org.apache.activemq.artemis:broker=\\\"chapar\\\",component=addresses,"
            + "address=\\\"out.SMS\\\",subcomponent=queues,routing-type=\\\"anycast\\\",queue=\\\"out.SMS\\\"";
    private static final String BROKER = "org.apache.activemq.artemis:broker=\\\"chapar\\\"";

    /** Dumps memory, changes code or settings, shows or alters what parties sent: nobody's, by any login. */
    private static final List<String> DANGEROUS = List.of(
            exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "\"/tmp/x.hprof\",false"),
            exec("com.sun.management:type=HotSpotDiagnostic", "setVMOption", "\"HeapDumpOnOutOfMemoryError\",\"true\""),
            exec("com.sun.management:type=DiagnosticCommand", "gcHeapDump", "[\"/tmp/x.hprof\"]"),
            exec("com.sun.management:type=DiagnosticCommand", "jvmtiAgentLoad", "[\"/tmp/x.so\"]"),
            exec("com.sun.management:type=DiagnosticCommand", "compilerDirectivesAdd", "[\"/tmp/x\"]"),
            exec("jdk.management.jfr:type=FlightRecorder", "newRecording", ""),
            exec("java.util.logging:type=Logging", "setLoggerLevel", "\"\",\"ALL\""),
            exec("JMImplementation:type=MBeanServerDelegate", "getMBeanInfo", ""),
            exec("java.lang:type=Threading", "resetPeakThreadCount", ""),
            exec("Users:type=UserDatabase,database=UserDatabase", "createUser", "\"a\",\"b\",\"c\""),
            exec("Catalina:type=Server", "stop", ""),
            exec(ROUTE, "updateRouteFromXml(java.lang.String)", "\"<route/>\""),
            exec(ROUTE, "updateRouteFromXml", "\"<route/>\""),
            exec(ROUTE, "remove", ""),
            exec(CONTEXT, "addOrUpdateRoutesFromXml(java.lang.String)", "\"<routes/>\""),
            exec(CONTEXT, "sendBody(java.lang.String,java.lang.Object)", "\"direct:somewhere\",\"x\""),
            exec(CONTEXT, "createEndpoint", "\"file:/tmp\""),
            exec(CONTEXT, "stop()", ""),
            exec("org.apache.camel:context=people,type=tracer,name=BacklogTracer", "dumpAllTracedMessagesAsXml", ""),
            exec("org.apache.camel:context=people,type=tracer,name=BacklogDebugger", "enableDebugger", ""),
            exec(QUEUE, "browse()", ""),
            exec(QUEUE, "browse(java.lang.String)", "\"a = 'b'\""),
            exec(QUEUE, "listMessagesAsJSON(java.lang.String)", "\"\""),
            exec(QUEUE, "countMessages(java.lang.String)", "\"a = 'b'\""),
            exec(QUEUE, "sendMessage", "{},3,\"x\",false,\"a\",\"b\""),
            exec(QUEUE, "removeAllMessages()", ""),
            exec(QUEUE, "moveMessages(java.lang.String,java.lang.String)", "\"\",\"out.SPR\""),
            exec(BROKER, "addUser", "\"a\",\"b\",\"amq\",true"),
            exec(BROKER, "createQueue(java.lang.String)", "\"{}\""),
            exec(BROKER, "destroyQueue(java.lang.String)", "\"out.SMS\""),
            exec(BROKER, "forceFailover", ""),
            "{\"type\":\"notification\",\"command\":\"register\"}",
            "{\"type\":\"notification\",\"command\":\"unregister\",\"client\":\"x\"}",
            "{\"type\":\"notification\",\"command\":\"add\",\"client\":\"x\",\"mode\":\"pull\",\"mbean\":\"java.lang:type=Memory\"}",
            "{\"type\":\"notification\",\"command\":\"remove\",\"client\":\"x\",\"handle\":\"1\"}",
            "{\"type\":\"notification\",\"command\":\"ping\",\"client\":\"x\"}",
            "{\"type\":\"notification\",\"command\":\"list\",\"client\":\"x\"}",
            "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":true}",
            "{\"type\":\"write\",\"mbean\":\"" + ROUTE + "\",\"attribute\":\"Tracing\",\"value\":true}",
            "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
            "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"InputArguments\"}",
            "{\"type\":\"read\",\"mbean\":\"com.sun.management:type=HotSpotDiagnostic\",\"attribute\":\"DiagnosticOptions\"}");

    private static String exec(String bean, String operation, String arguments) {
        return "{\"type\":\"exec\",\"mbean\":\"" + bean + "\",\"operation\":\"" + operation + "\",\"arguments\":["
                + arguments + "]}";
    }

    private static Browser as(Role role) throws Exception {
        Browser browser = new Browser();
        browser.logIn(role.code(), role.code() + "-sandbox");
        return browser;
    }

    private static HttpResponse<String> get(Browser browser, String path, String... headers) throws Exception {
        return browser.get(RunningConsole.people(), path, headers);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refused_to_every_role_one_by_one_and_in_bulk_to_dump_to_change_and_to_look_into_messages(Role role)
            throws Exception {
        Browser browser = as(role);
        for (String one : DANGEROUS) {
            HttpResponse<String> answer = browser.jolokia(one);
            assertThat(List.of(answer.statusCode(), status(answer.body())))
                    .as(one)
                    .contains(403);
        }
        HttpResponse<String> bulk = browser.jolokia("[" + String.join(",", DANGEROUS) + "]");
        assertThat(JSON.readTree(bulk.body()))
                .hasSize(DANGEROUS.size())
                .allSatisfy(each -> assertThat(each.path("status").asInt()).isEqualTo(403));
        assertThat(RunningConsole.camel().getRouteController().getRouteStatus("somewhere"))
                .isNotNull();
    }

    private static int status(String body) throws Exception {
        return body.startsWith("{") ? JSON.readTree(body).path("status").asInt() : 0;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refused_when_all_attributes_are_asked_for_and_one_of_them_is_hidden(Role role) throws Exception {
        Browser browser = as(role);
        for (String beans : List.of("*:*", "java.lang:type=Runtime")) {
            String answer = browser.jolokia("{\"type\":\"read\",\"mbean\":\"" + beans + "\"}")
                    .body();
            // Of all beans another one may come first that has an attribute which this virtual machine cannot read.
            assertThat(status(answer)).as(answer).isIn(beans.equals("*:*") ? List.of(403, 500) : List.of(403));
            assertThat(answer).doesNotContain("java.class.path", "--chapar.", "-sandbox", "HeapDumpPath");
        }
        JsonNode one = JSON.readTree(
                browser.jolokia("{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"Uptime\"}")
                        .body());
        assertThat(one.path("value").isNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\":\"list\"}", "{\"type\":\"search\",\"mbean\":\"*:*\"}", "[{\"type\":\"version\"}]"})
    void refused_when_nobody_is_logged_in_whatever_is_asked(String request) throws Exception {
        Browser stranger = new Browser();
        get(stranger, "/hawtio/login");
        HttpResponse<String> answer = stranger.jolokia(request);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("java.lang", "camel");
    }

    @Test
    void a_session_that_was_there_before_the_login_is_not_the_one_after_it() throws Exception {
        Browser browser = as(Role.AUDITOR);
        String before = browser.cookie("__Host-chapar").orElseThrow();
        browser.logIn("viewer", "viewer-sandbox");
        String after = browser.cookie("__Host-chapar").orElseThrow();
        assertThat(after).isNotEqualTo(before);
        for (String known : List.of(before, "0123456789ABCDEF0123456789ABCDEF")) {
            assertThat(get(new Browser(), "/hawtio/user", "Cookie", "__Host-chapar=" + known)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(get(new Browser(), "/hawtio/user", "Cookie", "__Host-chapar=" + after)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_session_is_over_when_somebody_logs_out_and_no_link_logs_out() throws Exception {
        Browser browser = as(Role.VIEWER);
        String session = browser.cookie("__Host-chapar").orElseThrow();
        get(browser, "/hawtio/logout");
        assertThat(get(browser, "/hawtio/user").statusCode()).isEqualTo(200);
        assertThat(browser.post("/hawtio/logout", FORM, "", Map.of()).statusCode())
                .isEqualTo(403);

        browser.post("/hawtio/logout", FORM, "_csrf=" + browser.token(), Map.of());
        assertThat(get(new Browser(), "/hawtio/user", "Cookie", "__Host-chapar=" + session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_is_over_half_an_hour_after_it_was_last_used() {
        assertThat(RunningConsole.sessionMinutes()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hawtio/login",
                "/hawtio",
                "/hawtio/jolokia",
                "/hawtio/static/chapar/chapar.js",
                "/actuator/health/liveness",
                "/actuator/prometheus",
                "/nowhere"
            })
    void protected_by_headers_whatever_is_answered(String path) throws Exception {
        HttpResponse<String> answer = get(new Browser(), path, "Accept", "text/html");
        Map<String, String> headers = answer.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        each -> each.getKey().toLowerCase(java.util.Locale.ROOT),
                        each -> each.getValue().get(0)));
        assertThat(headers)
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "same-origin")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .doesNotContainKeys("server", "x-powered-by");
        assertThat(headers.get("content-security-policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "form-action 'self'")
                .doesNotContain("unsafe-eval", "script-src");
        assertThat(headers.get("strict-transport-security")).contains("max-age=31536000");
        assertThat(headers.get("cache-control")).contains("no-store");
    }
}
