package io.chapar.nodes;

import io.chapar.record.Equation;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/**
 * Two gateways that share a pair of brokers with one journal, at which one party reads its queue: the broker that serves is
 * killed, then a gateway.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SharedBroker {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SELDOM = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private TwoNodes nodes;

    @BeforeAll
    void start() throws Exception {
        nodes = new TwoNodes(folder, true);
    }

    @AfterAll
    void stop() throws Exception {
        nodes.close();
    }

    private List<UUID> send(int messages, int node) throws IOException {
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Letter letter = nodes.letter(i % 2 == 0 ? Optional.of("key-" + i % 6) : Optional.empty());
            Reply reply = nodes.mail(node).connection(TwoNodes.SPR).send(letter);
            assertThat(reply.status()).as(reply::text).isEqualTo(202);
            sent.add(letter.messageId());
        }
        return sent;
    }

    /** Until all of these are there; how long that took. */
    private Duration arrived(List<UUID> sent, long since) {
        await().atMost(PATIENCE).until(() -> nodes.arrivals.all(sent));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void adds(String when, int messages, Duration longest, Duration most) throws IOException {
        // MJ, too, has found its queue again and acknowledged.
        long begin = System.nanoTime();
        await().pollInterval(SELDOM)
                .atMost(PATIENCE)
                .until(() -> nodes.equation().waiting() == 0);
        Duration queue = Duration.ofNanos(System.nanoTime() - begin);
        Equation equation = nodes.equation();
        System.out.println(when + ": " + messages + " messages, longest pause " + longest.toMillis() + " ms, accepted "
                + equation.accepted() + " = delivered " + equation.delivered() + " + parked " + equation.parked()
                + "; the queue's reader was done " + queue.toMillis() + " ms later");
        assertThat(longest).isLessThan(most);
        assertThat(equation.parked()).isZero();
        assertThat(equation.holds()).as("%s", equation).isTrue();
        assertThat(equation.misfits()).isEmpty();
        assertThat(nodes.arrivals.turnedAway()).isEmpty();
        nodes.assertInOrder();
    }

    @Test
    @Order(1)
    void what_any_node_accepts_is_delivered() throws Exception {
        long begin = System.nanoTime();
        List<UUID> sent = send(60, 0);
        sent.addAll(send(60, 1));

        adds("before", sent.size(), arrived(sent, begin), PATIENCE);
        assertThat(nodes.arrivals.inOrder(sent)).doesNotHaveDuplicates();
    }

    @Test
    @Order(2)
    void the_broker_that_serves_is_killed_and_the_other_goes_on() throws Exception {
        List<UUID> sent = send(40, 0);
        nodes.brokers.get(0).kill();
        long killed = System.nanoTime();
        sent.addAll(send(40, 0));
        sent.addAll(send(40, 1));

        adds("broker killed", sent.size(), arrived(sent, killed), LONGEST_PAUSE);
        nodes.brokers.get(1).awaitSaid("serves nodes");
    }

    @Test
    @Order(3)
    void a_node_is_killed_and_the_other_delivers_what_it_accepted() throws Exception {
        List<UUID> sent = send(60, 0);
        nodes.kill();
        long killed = System.nanoTime();
        sent.addAll(send(60, 1));

        adds("node killed", sent.size(), arrived(sent, killed), LONGEST_PAUSE);
        assertThat(Collections.max(sent.stream().map(nodes.arrivals::times).toList()))
                .as("a delivery in hand when its node was killed may come twice, under one id")
                .isLessThanOrEqualTo(2);
        assertThat(nodes.wholeLedger().fault()).isEmpty();
    }
}
