package io.chapar.app.soap;

import io.chapar.app.door.TestGateway;
import io.chapar.message.Passage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SoapDoorTest {

    private static final String SOAP_11 = "text/xml; charset=utf-8";
    private static final String SOAP_12 = "application/soap+xml; charset=utf-8";
    private static final String ENVELOPE =
            "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header>"
                    + "<w:Security xmlns:w='urn:w' s:mustUnderstand='1'/></s:Header ><s:Body/></s:Envelope>\n";

    @Test
    void the_straight_way_gets_exactly_the_envelopes_bytes() throws IOException {
        HttpResponse<String> answer = post("/ws/test-bytes", SOAP_11, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        Passage.Arrived seen = TestGateway.seen("test-bytes");
        assertThat(new String(seen.body(), StandardCharsets.UTF_8)).isEqualTo(ENVELOPE);
        assertThat(seen.door()).isEqualTo(Passage.Door.SOAP);
        assertThat(seen.clientCertificates()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                SOAP_11 + " | text/xml | http://schemas.xmlsoap.org/soap/envelope/",
                SOAP_12 + " | application/soap+xml | http://www.w3.org/2003/05/soap-envelope",
                "multipart/related; boundary=b; type=\"application/xop+xml\"; start-info=\"application/soap+xml\""
                        + " | application/soap+xml | http://www.w3.org/2003/05/soap-envelope",
                "multipart/related; boundary=b; type=\"application/xop+xml\"; start-info=\"text/xml\""
                        + " | text/xml | http://schemas.xmlsoap.org/soap/envelope/",
            })
    void the_receipt_comes_in_a_signed_envelope_of_the_callers_version(
            String contentType, String expectedType, String namespace) throws IOException {
        HttpResponse<String> answer = post("/ws/test-notice", contentType, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(expectedType);
        assertThat(answer.body())
                .startsWith("<e:Envelope xmlns:e=\"" + namespace + "\"><e:Header><signed/>")
                .contains("<e:Body><receipt xmlns=\"urn:chapar:common:1.0\">");
    }

    @Test
    void an_answer_comes_as_the_bodys_child() throws IOException {
        HttpResponse<String> answer = post("/ws/test-lookup", SOAP_11, ENVELOPE);

        assertThat(answer.body()).contains("<e:Body><testLookupAnswer xmlns=\"urn:chapar:test-lookup:1.0\"/></e:Body>");
    }

    @ParameterizedTest
    @ValueSource(strings = {SOAP_11, "text/xml; charset=utf-7"})
    void refused_by_a_signed_fault_of_soap_11(String contentType) throws IOException {
        HttpResponse<String> answer = post("/ws/test-away", contentType, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body())
                .contains("<signed/>", "<faultcode>soap:Server</faultcode>", "<code>not-durable</code>");
    }

    @Test
    void refused_by_a_signed_fault_when_no_such_exchange() throws IOException {
        HttpResponse<String> eleven = post("/ws/nobody-knows", SOAP_11, ENVELOPE);
        HttpResponse<String> twelve = post("/ws/nobody-knows", SOAP_12, ENVELOPE);

        assertThat(eleven.statusCode()).isEqualTo(500);
        assertThat(eleven.body()).contains("<signed/>", "<faultcode>soap:Client</faultcode>");
        assertThat(twelve.statusCode()).isEqualTo(400);
        assertThat(twelve.body())
                .contains("<signed/>", "<soap:Value>soap:Sender</soap:Value>", "problem:unknown-exchange");
    }

    @Test
    void refused_without_a_word_about_the_inside_when_something_of_ours_fails() throws IOException {
        HttpResponse<String> answer = post("/ws/test-broken", SOAP_12, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("<signed/>", "problem:not-durable")
                .doesNotContain("secret", "Exception", "java", "apache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml; charset=utf-7", "text/xml; charset=?", "text/xml; charset=\"\"", "text"})
    void what_is_in_a_charset_that_nobody_knows_comes_to_the_stage_that_says_so(String contentType) throws IOException {
        post("/ws/test-lookup", contentType, ENVELOPE);

        assertThat(TestGateway.seen("test-lookup").contentType()).isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/related; boundary=b",
                "multipart/related; boundary=b; start-info=\"text/xml\"",
                "multipart/related; type=\"application/xop+xml\"",
                "multipart/related",
                "multipart/mixed; boundary=b"
            })
    void a_multipart_without_its_parameters_comes_to_the_stage_that_says_so(String contentType) throws IOException {
        HttpResponse<String> answer = post("/ws/test-lookup", contentType, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestGateway.seen("test-lookup").contentType()).isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(strings = {SOAP_11, SOAP_12, "multipart/related; boundary=b", "application/json"})
    void who_shows_no_certificate_comes_to_the_stage_that_says_so(String contentType) throws IOException {
        HttpResponse<String> answer = post(TestGateway.asNobody(), "/ws/test-lookup", contentType, ENVELOPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestGateway.seen("test-lookup").clientCertificates()).isEmpty();
    }

    @Test
    void what_is_too_large_is_cut_where_the_stage_can_see_it() throws IOException {
        post("/ws/test-lookup", SOAP_11, "x".repeat(150_000));

        assertThat(TestGateway.seen("test-lookup").body().length).isLessThanOrEqualTo(100_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-notice", "test-lookup"})
    void the_wsdl_stands_on_its_own(String exchange) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/ws/" + exchange + "?wsdl").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("location=\"https://localhost:" + TestGateway.port() + "/ws/" + exchange + "\"")
                .contains("name=\"uuid\"")
                .contains("A &lt;test&gt; &amp; more")
                .doesNotContain("include ", "${");
    }

    @ParameterizedTest
    @CsvSource({
        "test-notice, chapar:acknowledgement, deliver",
        "test-lookup, doc:testLookupAnswer, answer",
    })
    void what_a_receiver_serves_stands_on_its_own_and_says_what_it_answers(
            String exchange, String output, String operation) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/ws/" + exchange + "?wsdl&side=receiver&version=1.0")
                        .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("name=\"answer\" element=\"" + output + "\"", "<wsdl:operation name=\"" + operation + "\">")
                .contains("<xs:element name=\"acknowledgement\">", "sp:OnlySignEntireHeadersAndBody")
                .contains("name=\"uuid\"", "A &lt;test&gt; &amp; more")
                .doesNotContain("include ", "${", "/ws/");
    }

    @Test
    void refused_when_a_description_of_another_side_is_asked_for() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/ws/test-notice?wsdl&side=both").GET());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("X-JWS-Signature")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"GET, /ws/test-notice, 405", "DELETE, /ws/test-notice, 405", "GET, /ws/nobody-knows?wsdl, 404"})
    void refused_with_a_signed_problem_when_it_is_no_envelope(String method, String path, int status)
            throws IOException {
        HttpResponse<String> answer =
                TestGateway.send(TestGateway.asMh(), TestGateway.to(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-JWS-Signature")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validateOnly=true", "%76alidateOnly=true", "&validateOnly=%74rue"})
    void whoever_only_wants_to_try_has_not_submitted(String query) throws IOException {
        post("/ws/test-notice?" + query, SOAP_11, ENVELOPE);

        assertThat(TestGateway.seen("test-notice").validateOnly()).isTrue();
    }

    @Test
    void a_trial_is_one_also_in_a_charset_that_nobody_knows() throws IOException {
        post("/ws/test-notice?validateOnly=true", "multipart/related; charset=utf-7", ENVELOPE);

        assertThat(TestGateway.seen("test-notice").validateOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validateOnly=TRUE",
                "validateOnly",
                "validateOnly=",
                "validateOnly=true&validateOnly=false",
                "validateonly=true",
                "a=1&validateOnly=true",
                "wsdl"
            })
    void refused_by_a_signed_fault_when_a_parameter_is_not_known_or_makes_no_sense(String query) throws IOException {
        HttpResponse<String> eleven = post("/ws/test-notice?" + query, SOAP_11, ENVELOPE);
        HttpResponse<String> twelve = post("/ws/test-notice?" + query, SOAP_12, ENVELOPE);

        assertThat(eleven.statusCode()).isEqualTo(500);
        assertThat(eleven.body()).contains("<signed/>", "<faultcode>soap:Client</faultcode>", "<code>malformed</code>");
        assertThat(twelve.statusCode()).isEqualTo(400);
        assertThat(twelve.body()).contains("<signed/>", "problem:malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validateOnly=false", "", "&"})
    void whoever_does_not_want_to_try_has_submitted(String query) throws IOException {
        post("/ws/test-notice?" + query, SOAP_11, ENVELOPE);

        assertThat(TestGateway.seen("test-notice").validateOnly()).isFalse();
    }

    private static HttpResponse<String> post(String path, String contentType, String envelope) throws IOException {
        return post(TestGateway.asMh(), path, contentType, envelope);
    }

    private static HttpResponse<String> post(HttpClient caller, String path, String contentType, String envelope)
            throws IOException {
        return TestGateway.send(
                caller,
                TestGateway.to(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(envelope, StandardCharsets.UTF_8)));
    }
}
