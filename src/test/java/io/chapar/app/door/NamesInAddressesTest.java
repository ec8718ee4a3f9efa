package io.chapar.app.door;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A name in an address, however it is written, is the plain one or is refused; it is never another's, nor nearly one. */
class NamesInAddressesTest {

    private static final String NOTICE = "test-notice";
    private static final List<String> OTHERS = List.of("test-lookup", "test-repeat", "test-bytes", "test-away");
    private static final String ENVELOPE =
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>%s</s:Body></s:Envelope>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test-notice",
                "%74est-notice",
                "test%2Dnotice",
                "%74%65%73%74%2d%6e%6f%74%69%63%65",
                "test-notice;x=y",
                "test-notice;",
                "./test-notice",
                "%2e/test-notice",
                "x/../test-notice",
                "x/%2e%2e/test-notice",
                "/test-notice"
            })
    void the_plain_one_or_refused_when_it_is_encoded_or_something_stands_around_it(String written) throws IOException {
        rest(written, false);
        soap(written, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEST-NOTICE",
                "Test-notice",
                "test-notice.",
                "test-notice%2E",
                "test-notice/",
                "test-notice%2F",
                "test-notice%5C",
                "%2574est-notice",
                "test%252Dnotice",
                "test-notice%3Bx=y",
                "test-notice%3Fx",
                "test-notice%20",
                "%20test-notice",
                "test-notice%09",
                "test-notice%00",
                "test-notice%0A",
                "test_notice",
                "test%20notice",
                "test--notice",
                "%EF%BD%94est-notice",
                "%EF%BD%94%EF%BD%85%EF%BD%93%EF%BD%94%EF%BC%8D%EF%BD%8E%EF%BD%8F%EF%BD%94%EF%BD%89%EF%BD%83%EF%BD%85",
                "test%EF%BC%8Dnotice",
                "test%E2%80%90notice",
                "test%C2%AD-notice",
                "test-not%C4%B1ce",
                "test-noti%D1%81e",
                "test-notice%EF%BB%BF",
                "test-notice%C0%AE",
                "test-notice%FF",
                "test-notice/../nobody-knows",
                "test-notice%2F..%2Fnobody-knows"
            })
    void refused_when_it_is_another_one_however_alike(String written) throws IOException {
        rest(written, true);
        soap(written, true);
    }

    private static void rest(String written, boolean another) throws IOException {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\"}";
        HttpResponse<String> answer = post("/api/v1/exchanges/" + written, "application/json", body);

        if (another || answer.statusCode() != 202) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
        judged(another, body, answer, 202);
    }

    private static void soap(String written, boolean another) throws IOException {
        String body = String.format(Locale.ROOT, ENVELOPE, UUID.randomUUID());
        HttpResponse<String> answer = post("/ws/" + written, "application/soap+xml; charset=utf-8", body);

        judged(another, body, answer, 200);
    }

    private static void judged(boolean another, String body, HttpResponse<String> answer, int accepted) {
        if (another || answer.statusCode() != accepted) {
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(cameAs(NOTICE, body)).isFalse();
        } else {
            assertThat(cameAs(NOTICE, body)).isTrue();
        }
        assertThat(OTHERS).noneMatch(other -> cameAs(other, body));
    }

    private static boolean cameAs(String exchange, String body) {
        return TestGateway.came(exchange)
                && new String(TestGateway.seen(exchange).body(), UTF_8).equals(body);
    }

    private static HttpResponse<String> post(String path, String type, String body) throws IOException {
        return TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%4DH", "M%48", "%4D%48"})
    void the_same_sender_when_letters_are_percent_encoded(String written) throws IOException {
        HttpResponse<String> plain = status("MH");
        HttpResponse<String> answer = status(written);

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(plain.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mh",
                "Mh",
                "%6DH",
                "%254DH",
                "MH.",
                "MH%20",
                "%20MH",
                "+MH",
                "MH;x=y",
                "MH%3Bx=y",
                "MH%00",
                "MH%0A",
                "MH/",
                "../MH",
                "MH,SPR",
                "MH%26sender=SPR",
                "MH&sender=SPR",
                "SPR&sender=MH",
                "MH&%73ender=MH",
                "%EF%BC%AD%EF%BC%A8",
                "%D0%9CH",
                "M%C2%ADH",
                "%C1%8DH",
                "MH%FF"
            })
    void refused_when_the_sender_is_another_one_however_alike(String written) throws IOException {
        HttpResponse<String> answer = status(written);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static HttpResponse<String> status(String sender) throws IOException {
        return TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/messages/" + TestRecord.KNOWN + "?sender=" + sender)
                        .GET());
    }
}
