package io.chapar.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.ledger.LedgerVerification;
import io.chapar.record.Equation;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds of the record when two gateways, each with its own broker, work on one database; the last one kills one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SeveralNodes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ACCEPTED = 202;
    private static final int REPEATED = 200;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private TwoNodes nodes;

    @BeforeAll
    void start() throws Exception {
        nodes = new TwoNodes(folder);
    }

    @AfterAll
    void stop() throws Exception {
        threads.shutdownNow();
        nodes.close();
    }

    /** The same call at both nodes, in the same moment. */
    private <T> List<T> atBoth(Question<T> question) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<T>> answers = Stream.of(0, 1)
                .map(node -> threads.submit((Callable<T>) () -> {
                    start.await();
                    return question.ask(nodes.mail(node));
                }))
                .toList();
        List<T> both = new ArrayList<>();
        for (Future<T> answer : answers) {
            both.add(answer.get());
        }
        return both;
    }

    private interface Question<T> {
        T ask(Mail node) throws IOException;
    }

    @Test
    @Order(1)
    void one_message_at_both_in_the_same_moment_is_accepted_once_with_one_receipt() throws Exception {
        long before = nodes.equation().messages();
        for (int i = 0; i < 30; i++) {
            Letter letter = nodes.letter(Optional.empty());

            List<Reply> replies = atBoth(node -> node.connection(TwoNodes.SPR).send(letter));

            assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(ACCEPTED, REPEATED);
            assertThat(replies.get(0).body()).isEqualTo(replies.get(1).body());
        }
        assertThat(nodes.equation().messages()).isEqualTo(before + 30);
    }

    @Test
    @Order(2)
    void what_shares_a_key_arrives_in_order_and_from_one_node_only_however_it_came_in() throws Exception {
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            Letter letter = nodes.letter(Optional.of("one-key"));
            assertThat(nodes.mail(i % 2).connection(TwoNodes.SPR).send(letter).status())
                    .isEqualTo(ACCEPTED);
            sent.add(letter.messageId());
        }

        await().atMost(PATIENCE).until(() -> nodes.arrivals.all(sent));

        assertThat(nodes.arrivals.inOrder(sent)).isEqualTo(sent);
        assertThat(sent).allSatisfy(id -> assertThat(nodes.arrivals.times(id)).isEqualTo(1));
    }

    @Test
    @Order(3)
    void a_mailbox_is_handed_out_once_over_both_and_each_opens_what_the_other_recorded() throws Exception {
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Letter letter = nodes.letter(Optional.empty());
            nodes.mail(i % 2).connection(TwoNodes.SPR).send(letter);
            sent.add(letter.messageId());
        }
        List<String> handedOut = new ArrayList<>();
        List<String> messages = new ArrayList<>();

        await().atMost(PATIENCE).until(() -> {
            for (JsonNode list : atBoth(node -> fetched(node))) {
                list.forEach(entry -> {
                    handedOut.add(entry.at("/deliveryId").asText());
                    messages.add(entry.at("/messageId").asText());
                    assertThat(entry.at("/payload").asText()).isNotEmpty();
                });
            }
            return messages.containsAll(sent.stream().map(UUID::toString).toList());
        });

        assertThat(handedOut).doesNotHaveDuplicates();
    }

    private static JsonNode fetched(Mail node) throws IOException {
        return JSON.readTree(node.connection(TwoNodes.MJ)
                        .get("/api/v1/deliveries?max=5&wait=1")
                        .body())
                .at("/deliveries");
    }

    @Test
    @Order(4)
    void each_node_knows_what_the_other_accepted() throws Exception {
        Letter letter = nodes.letter(Optional.empty());
        nodes.mail(0).connection(TwoNodes.SPR).send(letter);

        Reply history = nodes.mail(1).connection(TwoNodes.SPR).get("/api/v1/messages/" + letter.messageId());

        assertThat(history.status()).isEqualTo(200);
        assertThat(history.text()).contains(letter.messageId().toString());
    }

    @Test
    @Order(5)
    void the_ledger_of_both_is_one_and_verifies() throws Exception {
        LedgerVerification.Finding finding = nodes.wholeLedger();

        assertThat(finding.fault()).as("%s", finding).isEmpty();
        assertThat(finding.entries()).isPositive();
    }

    @Test
    @Order(6)
    void what_waited_at_a_node_that_is_killed_is_delivered_by_the_other() throws Exception {
        nodes.become(TwoNodes.MH, Mood.Kind.DOWN);
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Letter letter = nodes.letter(i % 2 == 0 ? Optional.of("key-" + i % 3) : Optional.empty());
            assertThat(nodes.mail(0).connection(TwoNodes.SPR).send(letter).status())
                    .isEqualTo(ACCEPTED);
            sent.add(letter.messageId());
        }
        nodes.kill();
        nodes.become(TwoNodes.MH, Mood.Kind.UP);
        long killed = System.nanoTime();

        for (Optional<String> key :
                List.of(Optional.of("key-0"), Optional.<String>empty(), Optional.of("key-1"), Optional.of("key-2"))) {
            Letter next = nodes.letter(key);
            assertThat(nodes.mail(1).connection(TwoNodes.SPR).send(next).status())
                    .isEqualTo(ACCEPTED);
            sent.add(next.messageId());
        }
        await().atMost(PATIENCE).until(() -> nodes.arrivals.all(sent));

        Duration pause = Duration.ofNanos(System.nanoTime() - killed);
        System.out.println("all that waited at the killed node was delivered " + pause.toMillis() + " ms later");
        assertThat(pause).isLessThan(Duration.ofSeconds(30));
        assertThat(nodes.arrivals.turnedAway()).isEmpty();
        nodes.assertInOrder();
        Equation equation = nodes.equation();
        assertThat(equation.holds()).as("%s", equation).isTrue();
        assertThat(equation.misfits()).isEmpty();
        assertThat(nodes.wholeLedger().fault()).isEmpty();
    }
}
