package io.chapar.app.rest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.TestGateway;
import io.chapar.app.door.TestSigner;
import io.chapar.message.Passage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RestDoorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_message_is_accepted_and_answered_with_its_receipt() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-notice", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(type(answer)).isEqualTo("application/jose");
        assertThat(answer.body()).startsWith("chapar-receipt+jwt.");
    }

    @Test
    void a_caller_that_speaks_xml_gets_the_receipt_as_signed_xml() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-notice", "application/xml; charset=utf-8", "<a/>");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(type(answer)).isEqualTo("application/xml");
        assertThat(answer.body())
                .startsWith("<receipt xmlns=\"urn:chapar:common:1.0\">")
                .contains("<Signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/xml | application/xml",
                "application/xml | application/jose | application/jose",
                "application/xml | application/json | application/jose",
                "application/json | application/jose;q=0.5, application/xml | application/xml",
                "application/xml | */* | application/xml",
                "application/json | text/html | application/jose",
                "multipart/related; type=\"application/xml\"; boundary=b | */* | application/xml",
            })
    void accept_decides_the_form_of_the_receipt_and_else_the_requests_own_type(
            String contentType, String accept, String expected) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/exchanges/test-notice")
                        .header("Content-Type", contentType)
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString("x")));

        assertThat(type(answer)).isEqualTo(expected);
    }

    @Test
    void a_repeat_is_answered_with_200() throws IOException {
        assertThat(post("/api/v1/exchanges/test-repeat", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_answer_carries_its_signature() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-lookup", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("X-JWS-Signature")).contains("test..answer");
    }

    @Test
    void what_would_happen_is_told_and_nothing_else() throws IOException {
        HttpResponse<String> answer =
                post("/api/v1/exchanges/test-notice?validateOnly=true", "application/xml", "<a/>");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode told = JSON.readTree(answer.body());
        assertThat(told.at("/wouldBeAccepted").asBoolean()).isTrue();
        assertThat(told.at("/receivers/1").asText()).isEqualTo("MJ");
    }

    @Test
    void the_straight_way_gets_the_bytes_the_signature_and_the_certificate_as_they_came() throws IOException {
        TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/exchanges/test-seen")
                        .header("Content-Type", "application/json")
                        .header("X-JWS-Signature", "a..b")
                        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .POST(BodyPublishers.ofString(" {\"ş\" : 1}\r\n")));

        Passage.Arrived seen = TestGateway.seen("test-seen");
        assertThat(new String(seen.body(), StandardCharsets.UTF_8)).isEqualTo(" {\"ş\" : 1}\r\n");
        assertThat(seen.detachedSignature()).contains("a..b");
        assertThat(seen.clientCertificates()).hasSize(1);
        assertThat(seen.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(seen.door()).isEqualTo(Passage.Door.REST);
    }

    @Test
    void refused_by_a_signed_problem_in_json() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-schema", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertSigned(answer);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.at("/type").asText()).isEqualTo("urn:chapar:problem:schema");
        assertThat(problem.at("/status").asInt()).isEqualTo(422);
        assertThat(problem.at("/code").asText()).isEqualTo("schema");
        assertThat(problem.at("/messageId").asText()).hasSize(36);
        assertThat(problem.at("/traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(problem.at("/violations/0/pointer").asText()).isEqualTo("/child/sex");
        assertThat(problem.at("/violations/0/rule").asText()).isEqualTo("one of <M> & F");
        assertThat(problem.at("/retry").asText()).isEqualTo("after-change");
        assertThat(problem.at("/nextStep").asText()).isNotEmpty();
    }

    @Test
    void refused_by_a_signed_problem_in_xml_when_the_caller_speaks_xml() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-schema", "application/xml", "<a/>");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(type(answer)).isEqualTo("application/problem+xml");
        assertSigned(answer);
        assertThat(answer.body())
                .startsWith("<problem xmlns=\"urn:ietf:rfc:7807\">")
                .contains("<code>schema</code>")
                .contains("<i><pointer>/child/sex</pointer><rule>one of &lt;M&gt; &amp; F</rule></i>");
    }

    @Test
    void refused_with_the_time_to_wait_when_the_database_is_away() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-away", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(JSON.readTree(answer.body()).at("/retry").asText()).isEqualTo("later");
    }

    @Test
    void refused_without_a_word_about_the_inside_when_something_of_ours_fails() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-broken", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertSigned(answer);
        assertThat(answer.body()).doesNotContain("secret", "Exception", "java");
    }

    /** What it says may come from a message. */
    @Test
    void logged_with_its_place_and_none_of_its_words_when_something_of_ours_fails() throws IOException {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.list = new CopyOnWriteArrayList<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger(RestServlet.class);
        log.addAppender(logged);
        try {
            HttpResponse<String> answer = post("/api/v1/exchanges/test-broken", "application/json", "{}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(logged.list)
                    .filteredOn(event -> event.getLevel() == Level.ERROR)
                    .filteredOn(event -> event.getFormattedMessage().contains("IllegalStateException"))
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        assertThat(event.getFormattedMessage())
                                .contains("IllegalStateException at ")
                                .doesNotContain("secret");
                        assertThat(event.getThrowableProxy()).isNull();
                    });
        } finally {
            log.detachAppender(logged);
        }
    }

    @Test
    void refused_when_no_such_exchange() throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/nobody-knows", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("unknown-exchange");
    }

    @Test
    void a_body_that_is_too_large_is_cut_where_the_stage_can_see_it() throws IOException {
        post("/api/v1/exchanges/test-too-large", "application/json", "x".repeat(150_000));

        assertThat(TestGateway.seen("test-too-large").body()).hasSize(100_001);
    }

    @Test
    void refused_when_a_parameter_makes_no_sense() throws IOException {
        HttpResponse<String> answer =
                post("/api/v1/exchanges/test-notice?validateOnly=perhaps", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validateonly=true", "validate%4Fnly=TRUE", "a=1", "=", "validateOnly=true&dryRun"})
    void refused_when_a_parameter_is_not_known_since_whoever_only_wants_to_try_must_not_have_sent(String query)
            throws IOException {
        for (String path :
                new String[] {"exchanges/test-notice", "deliveries/00000000-0000-4000-8000-000000000000/acknowledgement"
                }) {
            HttpResponse<String> answer = post("/api/v1/" + path + "?" + query, "application/json", "{}");

            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(code(answer)).isEqualTo("malformed");
            assertSigned(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%76alidateOnly=true", "validateOnly=%74rue", "&&validateOnly=true&"})
    void what_is_percent_encoded_is_a_parameter_all_the_same(String query) throws IOException {
        HttpResponse<String> answer = post("/api/v1/exchanges/test-notice?" + query, "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/wouldBeAccepted").asBoolean())
                .isTrue();
    }

    @Test
    void what_stands_behind_many_others_is_read_too() throws IOException {
        HttpResponse<String> answer = post(
                "/api/v1/exchanges/test-notice?" + "&".repeat(100) + "validateOnly=true", "application/json", "{}");

        assertThat(JSON.readTree(answer.body()).at("/wouldBeAccepted").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/exchanges/a/b",
                "/api/v1/",
                "/api",
                "/",
                "/hawtio",
                "/actuator/health",
                "/consular",
                "/error",
                "/favicon.ico",
                "/api/v1/exchanges/test-notice/1.0/..%2f..%2fx"
            })
    void refused_with_a_signed_problem_where_nothing_is_served(String path) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to(path).header("Accept", "text/html").GET());

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertSigned(answer);
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/exchanges/test-notice, POST",
        "GET, /api/v1/exchanges/test-notice, POST",
        "PUT, /api/v1/messages, GET",
        "HEAD, /api/v1/deliveries, GET",
    })
    void refused_when_the_method_is_another(String method, String path, String allowed) throws IOException {
        HttpResponse<String> answer =
                TestGateway.send(TestGateway.asMh(), TestGateway.to(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains(allowed);
    }

    @Test
    void the_problem_of_another_method_has_a_code_of_its_own() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/api/v1/messages").method("PUT", BodyPublishers.noBody()));

        assertThat(code(answer)).isEqualTo("method-not-allowed");
        assertSigned(answer);
    }

    @Test
    void options_names_the_methods() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/api/v1/messages").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void trace_is_off() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/api/v1/messages").method("TRACE", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    static HttpResponse<String> post(String path, String contentType, String body) throws IOException {
        HttpRequest.Builder request =
                TestGateway.to(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
        return TestGateway.send(TestGateway.asMh(), request);
    }

    static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    }

    static String code(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).at("/code").asText();
    }

    static void assertSigned(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("X-JWS-Signature"))
                .contains(new TestSigner().detachedJws(answer.body().getBytes(StandardCharsets.UTF_8)));
    }
}
