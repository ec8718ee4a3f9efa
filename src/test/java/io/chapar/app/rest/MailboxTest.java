package io.chapar.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.TestGateway;
import io.chapar.app.door.TestRecord;
import io.chapar.app.door.TestSigner;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.record.MailboxEntry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MailboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_delivery_is_handed_out_to_a_caller_that_was_already_waiting() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = waits(TestGateway.asMh(), 20);
        MailboxEntry entry = TestGateway.RECORD.put();

        JsonNode delivery = JSON.readTree(waiting.get().body()).at("/deliveries/0");
        assertThat(delivery.at("/deliveryId").asText())
                .isEqualTo(entry.deliveryId().toString());
        assertThat(delivery.at("/sender").asText()).isEqualTo("SPR");
        assertThat(delivery.at("/exchange").asText()).isEqualTo("test-notice");
        assertThat(delivery.at("/version").asText()).isEqualTo("1.0");
        assertThat(delivery.at("/signature").asText()).isEqualTo("test..signature");
        assertThat(delivery.at("/attempt").asInt()).isEqualTo(1);
        assertThat(delivery.at("/digest").asText())
                .isEqualTo(Digest.of(Base64.getDecoder()
                                .decode(delivery.at("/payload").asText()))
                        .value());
    }

    private static CompletableFuture<HttpResponse<String>> waits(HttpClient who, int seconds) {
        return who.sendAsync(
                TestGateway.to("/api/v1/deliveries?max=1&wait=" + seconds).GET().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** As many as may, and one more that has been refused. */
    private static List<CompletableFuture<HttpResponse<String>>> tooManyWait() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.rangeClosed(0, Waiters.MOST)
                .mapToObj(each -> waits(TestGateway.asMh(), 25))
                .toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> calls.stream().anyMatch(CompletableFuture::isDone));
        return calls;
    }

    private static List<String> aDeliveryForEachThatWaits() {
        return IntStream.range(0, Waiters.MOST)
                .mapToObj(each -> TestGateway.RECORD.put().deliveryId().toString())
                .toList();
    }

    @Test
    void refused_one_call_too_many_and_those_that_wait_are_each_given_a_delivery_of_their_own() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> calls = tooManyWait();
        List<String> put = aDeliveryForEachThatWaits();

        List<String> given = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> answer = call.get();
            if (answer.statusCode() == 200) {
                given.add(JSON.readTree(answer.body())
                        .at("/deliveries/0/deliveryId")
                        .asText());
            } else {
                assertThat(RestDoorTest.code(answer)).isEqualTo("quota");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(put);
    }

    @Test
    void a_mailbox_is_looked_at_as_often_for_many_who_wait_as_for_one() throws Exception {
        PartyCode mj = new PartyCode("MJ");
        List<CompletableFuture<HttpResponse<String>>> many = tooManyWait();
        CompletableFuture<HttpResponse<String>> one = waits(TestGateway.asMj(), 10);
        int looksForMany = TestGateway.RECORD.looks(TestRecord.MH);
        int looksForOne = TestGateway.RECORD.looks(mj);

        await().until(() -> TestGateway.RECORD.looks(mj) >= looksForOne + 5);

        assertThat(TestGateway.RECORD.looks(TestRecord.MH) - looksForMany).isLessThan(Waiters.MOST);
        aDeliveryForEachThatWaits();
        CompletableFuture.allOf(many.toArray(CompletableFuture[]::new)).get();
        one.cancel(true);
    }

    /** All readers of the database are for all. */
    @Test
    void refused_while_another_call_of_the_party_looks_into_its_mailbox_and_another_party_is_served() throws Exception {
        PartyCode sbs = new PartyCode("SBS");
        CountDownLatch slow = TestGateway.RECORD.hold(sbs);
        try {
            CompletableFuture<HttpResponse<String>> first = waits(TestGateway.asSbs(), 0);
            await().until(() -> TestGateway.RECORD.looks(sbs) == 1);
            CompletableFuture<HttpResponse<String>> second = waits(TestGateway.asSbs(), 0);
            HttpResponse<String> another = waits(TestGateway.asMj(), 0).get();

            assertThat(another.statusCode()).isEqualTo(200);
            assertThat(second.get().statusCode()).isEqualTo(429);
            assertThat(RestDoorTest.code(second.get())).isEqualTo("quota");
            assertThat(second.get().headers().firstValue("Retry-After")).isPresent();
            assertThat(TestGateway.RECORD.looks(sbs)).isEqualTo(1);
            slow.countDown();
            assertThat(first.get().statusCode()).isEqualTo(200);
        } finally {
            slow.countDown();
        }
    }

    @Test
    void an_empty_mailbox_is_an_empty_list_when_the_wait_is_over() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMj(), TestGateway.to("/api/v1/deliveries?wait=1").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"deliveries\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=-1", "max=ten", "wait=1.5", "max=1&max=2", "max=%2d1"})
    void refused_when_a_parameter_makes_no_sense(String query) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMj(),
                TestGateway.to("/api/v1/deliveries?" + query).GET());

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void an_acknowledgement_and_its_repeat_are_taken() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = acknowledge(TestGateway.asMh(), entry.deliveryId(), body(entry), true);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void refused_when_the_digest_is_another() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();
        String wrong = body(entry)
                .replace(entry.digest().value(), Digest.of(new byte[] {2}).value());

        HttpResponse<String> answer = acknowledge(TestGateway.asMh(), entry.deliveryId(), wrong, true);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(RestDoorTest.code(answer)).isEqualTo("rule");
    }

    @Test
    void refused_when_it_is_not_signed() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();

        HttpResponse<String> answer = acknowledge(TestGateway.asMh(), entry.deliveryId(), body(entry), false);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(RestDoorTest.code(answer)).isEqualTo("signature-missing");
    }

    @Test
    void refused_when_the_signature_is_over_other_bytes() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();
        HttpRequest.Builder request = TestGateway.to(address(entry.deliveryId()))
                .header("Content-Type", "application/json")
                .header("X-JWS-Signature", "test..other")
                .POST(BodyPublishers.ofString(body(entry)));

        HttpResponse<String> answer = TestGateway.send(TestGateway.asMh(), request);

        assertThat(RestDoorTest.code(answer)).isEqualTo("signature-invalid");
        assertThat(TestGateway.RECORD.hasRefused(TestRecord.MH, body(entry), ProblemCode.SIGNATURE_INVALID))
                .isTrue();
    }

    @Test
    void refused_before_any_signature_is_looked_at_when_there_is_no_such_delivery() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();
        UUID unknown = UUID.randomUUID();
        String said = body(entry).replace(entry.deliveryId().toString(), unknown.toString());

        HttpResponse<String> answer = acknowledge(TestGateway.asMh(), unknown, said, false);

        assertThat(RestDoorTest.code(answer)).isEqualTo("unknown-message");
        assertThat(TestGateway.RECORD.hasRefused(TestRecord.MH, said, ProblemCode.UNKNOWN_MESSAGE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001", "0000", "+10000", "+999999999"})
    void refused_when_it_was_taken_in_a_year_that_nobody_means(String year) throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();

        HttpResponse<String> answer =
                acknowledge(TestGateway.asMh(), entry.deliveryId(), body(entry).replace("2019-", year + "-"), true);

        assertThat(RestDoorTest.code(answer)).isEqualTo("schema");
    }

    @Test
    void refused_when_the_delivery_is_anothers() throws IOException {
        MailboxEntry entry = TestGateway.RECORD.entry();

        HttpResponse<String> answer = acknowledge(TestGateway.asMj(), entry.deliveryId(), body(entry), false);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(RestDoorTest.code(answer)).isEqualTo("unknown-message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | malformed | {",
                "400 | malformed | []",
                "422 | schema | {}",
                "422 | schema | {\"deliveryId\":\"x\",\"digest\":\"y\",\"at\":\"z\"}",
            })
    void refused_when_the_acknowledgement_cannot_be_read(int status, String code, String body) throws IOException {
        HttpResponse<String> answer =
                acknowledge(TestGateway.asMh(), TestGateway.RECORD.entry().deliveryId(), body, true);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(RestDoorTest.code(answer)).isEqualTo(code);
    }

    @Test
    void refused_when_it_is_no_json() throws IOException {
        HttpResponse<String> answer =
                RestDoorTest.post(address(UUID.randomUUID()), "application/x-www-form-urlencoded", "a=b");

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"not-ours, 204", "too-late, 422", "'', 422"})
    void a_receiver_says_that_it_will_not_have_one(String code, int status) throws IOException {
        UUID delivery = TestGateway.RECORD.entry().deliveryId();

        HttpResponse<String> answer = RestDoorTest.post(
                "/api/v1/deliveries/" + delivery + "/refusal",
                "application/json",
                "{\"code\":\"" + code + "\",\"text\":\"no\"}");

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static HttpResponse<String> acknowledge(HttpClient client, UUID delivery, String body, boolean signed)
            throws IOException {
        HttpRequest.Builder request = TestGateway.to(address(delivery))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (signed) {
            request.header("X-JWS-Signature", new TestSigner().detachedJws(body.getBytes(StandardCharsets.UTF_8)));
        }
        return TestGateway.send(client, request);
    }

    private static String address(UUID delivery) {
        return "/api/v1/deliveries/" + delivery + "/acknowledgement";
    }

    private static String body(MailboxEntry entry) {
        return "{\"deliveryId\":\"" + entry.deliveryId() + "\",\"digest\":\"" + entry.digest()
                + "\",\"at\":\"2019-01-31T12:00:00+04:00\"}";
    }
}
