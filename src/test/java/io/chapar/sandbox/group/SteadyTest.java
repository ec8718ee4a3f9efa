package io.chapar.sandbox.group;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.load.Source;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is sent again to the other node, and what never again. */
class SteadyTest {

    private static final PartyCode MH = new PartyCode("MH");
    private static final PartyCode SPR = new PartyCode("SPR");

    private final Watch watch = new Watch(new Stretch("before"));

    private static Source.Item item() {
        return new Source.Item(
                new Letter(
                        MH,
                        "birth-notification",
                        UUID.randomUUID(),
                        "/",
                        "application/json",
                        "application/json",
                        Optional.empty(),
                        new byte[0]),
                Set.of(SPR));
    }

    private static Reply reply(int status, String contentType, String body) {
        return new Reply(
                status, contentType, Optional.empty(), Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Says these one after the other, and counts. */
    private static final class Node implements Steady.Node {
        final AtomicInteger asked = new AtomicInteger();
        private final Queue<Optional<Reply>> answers;

        Node(List<Optional<Reply>> answers) {
            this.answers = new ArrayDeque<>(answers);
        }

        @Override
        public synchronized Reply send(Letter letter, long due) throws IOException {
            asked.incrementAndGet();
            return answers.remove().orElseThrow(() -> new IOException("hangs up"));
        }
    }

    private static final Optional<Reply> RECEIPT = Optional.of(reply(202, "application/jose", ""));

    @ParameterizedTest
    @CsvSource({
        "422, application/problem+json, '{\"code\":\"schema\"}', 422 schema",
        "409, application/problem+json, '{\"code\":\"id-reused\"}', 409 id-reused",
        "500, text/xml, <code>schema</code>, 500 schema",
        "500, application/json, '{\"code\":\"not-durable\"}', 500 not-durable",
        "500, text/html, Oops, 500 500"
    })
    void refused_for_ever_is_counted_and_sent_to_nobody_again(int status, String type, String body, String why) {
        Node first = new Node(List.of(Optional.of(reply(status, type, body))));
        Node second = new Node(List.of());
        try (Steady steady = new Steady(List.of(first, second), SteadyTest::item, watch)) {
            steady.first(System.nanoTime());

            assertThat(steady.refused()).containsOnlyKeys("birth-notification was refused with " + why);
            assertThat(steady.notTaken()).isEmpty();
            assertThat(steady.receipts()).containsExactly(0L, 0L);
        }
        assertThat(watch.done(watch.newest())).isTrue();
        assertThat(first.asked).hasValue(1);
        assertThat(second.asked).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "429, application/problem+json, '{\"code\":\"quota\"}', 429 quota",
        "503, application/problem+json, '{\"code\":\"not-durable\"}', 503 not-durable",
        "503, text/html, Not now, 503 503",
        "500, text/xml; charset=utf-8, <code>not-durable</code>, 500 not-durable",
        "500, text/xml, <c:code>no-timestamp</c:code>, 500 no-timestamp"
    })
    void not_taken_now_is_sent_to_the_other_node(int status, String type, String body, String why) {
        Node first = new Node(List.of(Optional.of(reply(status, type, body))));
        sentAgain(first, why);
    }

    @Test
    void without_an_answer_it_is_sent_to_the_other_node() {
        sentAgain(new Node(List.of(Optional.empty())), "no answer");
    }

    private void sentAgain(Node first, String why) {
        Node second = new Node(List.of(RECEIPT));
        try (Steady steady = new Steady(List.of(first, second), SteadyTest::item, watch)) {
            steady.first(System.nanoTime());

            await().untilAsserted(() -> assertThat(steady.receipts()).containsExactly(0L, 1L));
            assertThat(steady.notTaken()).containsOnlyKeys(why);
            assertThat(steady.refused()).isEmpty();
        }
        assertThat(watch.done(watch.newest()))
                .as("it is not with its receiver yet")
                .isFalse();
    }
}
