package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds what the gateway said to what the scenario says, and every reply to its signature and form. */
final class Verdict {

    /** Whoever refuses so has read the header, and says of which message it speaks. */
    private static final Set<String> HEADER_WAS_READ = Set.of(
            "schema",
            "rule",
            "sender-mismatch",
            "not-agreed",
            "forbidden",
            "receiver-unknown",
            "id-reused",
            "query-repeated",
            "not-durable",
            "provider-unavailable");

    private final Gateway gateway;
    private final ScenarioFile scenario;
    private final Entry then;
    private final Told.Reader reader;

    Verdict(Gateway gateway, ScenarioFile scenario) {
        this.gateway = gateway;
        this.scenario = scenario;
        this.then = scenario.then();
        this.reader = new Told.Reader(gateway.keys(PartyCode.CHAPAR.value()).signingCertificate());
    }

    /** @param sent what the document said, when there was one */
    void compare(Request request, Response response, Optional<Content> sent) throws Malformed, SignatureRefused {
        int status = then.number("status", 0);
        boolean well = status < 300;
        if (!scenario.soap()) {
            assertThat(response.status()).as("status of: " + response.text()).isEqualTo(status);
        } else if (well) {
            assertThat(response.status()).as("status of: " + response.text()).isEqualTo(200);
        }
        Told told = reader.read(response);
        if (!well) {
            problem(told, response, sent);
        } else if (scenario.query()) {
            answer(told, request, sent.orElseThrow());
        } else {
            receipt(told, request, sent.orElseThrow());
        }
    }

    private void problem(Told told, Response response, Optional<Content> sent) {
        assertThat(told.kind()).isEqualTo(Told.Kind.PROBLEM);
        Content problem = told.content();
        String code = problem.must("/code");
        assertThat(code).as(response.text()).isEqualTo(then.text("code", code));
        ProblemCode row = ProblemCode.ofCode(code).orElseThrow();
        assertThat(row.status()).isEqualTo(then.number("status", 0));
        assertThat(problem.must("/status")).isEqualTo(Integer.toString(row.status()));
        assertThat(problem.must("/type")).isEqualTo("urn:chapar:problem:" + code);
        assertThat(problem.must("/title")).isEqualTo(row.title());
        for (String member : List.of("/detail", "/traceId", "/nextStep", "/retry")) {
            assertThat(problem.must(member)).as(member).isNotBlank();
        }
        Optional<String> messageId = sent.flatMap(content -> content.text("/header/messageId"));
        if (sent.isPresent() && HEADER_WAS_READ.contains(code)) {
            assertThat(problem.text("/messageId"))
                    .as("messageId of " + response.text())
                    .isEqualTo(messageId);
        } else {
            problem.text("/messageId")
                    .ifPresent(told_ -> assertThat(Optional.of(told_)).isEqualTo(messageId));
        }
        if (then.has("retryAfter")) {
            assertThat(response.header("Retry-After").orElse("")).matches("[1-9][0-9]*");
        }
        assertThat(places(problem))
                .containsAll(then.texts("violations").stream()
                        .map(Verdict::unnumbered)
                        .toList());
    }

    static List<String> places(Content problem) {
        List<String> places = new ArrayList<>();
        for (String each : List.of("/violations/", "/violations/i/")) {
            for (int i = 0; problem.text(each + i + "/rule").isPresent(); i++) {
                places.add(unnumbered(problem.text(each + i + "/pointer").orElse("")));
            }
        }
        return places;
    }

    private static String unnumbered(String pointer) {
        return pointer.replaceAll("/[0-9]+(?=/|$)", "");
    }

    private void receipt(Told told, Request request, Content sent) {
        assertThat(told.kind()).isEqualTo(Told.Kind.RECEIPT);
        Content receipt = told.content();
        for (String name : List.of("messageId", "exchange", "version", "sender")) {
            assertThat(receipt.text("/" + name)).as(name).isEqualTo(sent.text("/header/" + name));
        }
        assertThat(receipt.must("/contentDigest"))
                .isEqualTo(request.contentDigest().orElseThrow().value());
        assertThat(receipt.must("/bytesDigest"))
                .isEqualTo(request.bytesDigest().orElseThrow().value());
        assertThat(Instant.parse(receipt.must("/acceptedAt")))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(receipt.must("/receiptId")).hasSize(36);
        assertThat(receipt.must("/mergeDelaySeconds")).matches("[0-9]+");
        values("receipt", receipt, then.below("receipt").values());
        if (then.has("deadline")) {
            deadline(receipt, "true".equals(then.below("deadline").text("met", "")));
        }
    }

    private static void deadline(Content receipt, boolean met) {
        Instant due = Instant.parse(receipt.must("/deadline/due"));
        boolean inTime = !Instant.parse(receipt.must("/acceptedAt")).isAfter(due);
        assertThat(receipt.must("/deadline/met")).isEqualTo(Boolean.toString(met));
        assertThat(inTime).as("accepted before the term ended").isEqualTo(met);
    }

    private void answer(Told told, Request request, Content sent) {
        assertThat(told.kind()).isEqualTo(Told.Kind.ANSWER);
        Content answer = told.content();
        for (String name : List.of("conversationId", "exchange", "version")) {
            assertThat(answer.text("/header/" + name)).as(name).isEqualTo(sent.text("/header/" + name));
        }
        assertThat(answer.must("/questionDigest"))
                .isEqualTo(request.contentDigest().orElseThrow().value());
        assertThat(answer.text("/found")).isPresent();
        values("answer", answer, then.below("answer").values());
        for (String pointer : then.texts("answerAbsent")) {
            assertThat(answer.text(pointer)).as(pointer).isEmpty();
        }
    }

    void compareReceipts(Response first, Response second) {
        if (then.has("sameReceipt")) {
            assertThat(second.text()).isEqualTo(first.text());
        }
    }

    /** Neither does the sender find it, nor does the record count it. */
    void nothingAccepted(String messageId, long before) throws IOException, Malformed, SignatureRefused {
        String party = Sending.party(scenario);
        Response response = new Whereabouts(gateway, party, messageId).ask();
        // Who has the gateway's own keys may not even ask.
        boolean own = party.equals(PartyCode.CHAPAR.value());
        assertThat(response.status()).isEqualTo(own ? 403 : 404);
        assertThat(reader.read(response).content().must("/code")).isEqualTo(own ? "not-agreed" : "unknown-message");
        assertThat(gateway.accepted()).as("accepted, by the equation").isEqualTo(before);
    }

    static void values(String whose, Content content, Map<String, Object> expected) {
        expected.forEach((pointer, value) -> assertThat(content.text(pointer))
                .as(whose + " " + pointer)
                .isEqualTo(Optional.ofNullable(value).map(Object::toString)));
    }
}
