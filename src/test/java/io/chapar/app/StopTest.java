package io.chapar.app;

import io.chapar.message.PartyCode;
import io.chapar.record.Database;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Nonces;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway that is told to stop. */
class StopTest {

    /** Until somebody else answers it, and longer than the doors stay open for what is in hand. */
    private static final int WAIT_SECONDS = 60;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Said when somebody reads the body. */
    private static final String GO_ON = "HTTP/1.1 100 \r\n\r\n";

    @Test
    void whoever_waits_at_an_empty_mailbox_is_answered_when_the_gateway_stops(@TempDir Path folder) throws Exception {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        Path routes = FewExchanges.in(folder.resolve("routes"), List.of("identification-number-assigned"));
        try (ConfigurableApplicationContext gateway = WholeGateway.start(
                WholeGateway.settings(folder, "--chapar.routes=" + routes, "--chapar.parties.MJ.channel=mailbox"))) {
            int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (GatewayConnection mj = new GatewayConnection(
                    URI.create("https://localhost:" + port),
                    PartyKeys.load(certificates, new PartyCode("MJ")).client())) {
                assertThat(mj.get("/api/v1/deliveries").status()).isEqualTo(200);
                CompletableFuture<Reply> waiting = new CompletableFuture<>();
                new Thread(() -> waiting.completeAsync(() -> waited(mj), Runnable::run)).start();
                await().pollDelay(Duration.ofSeconds(1)).until(() -> !waiting.isDone());

                gateway.close();

                Reply reply = waiting.join();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("{\"deliveries\":[]}");
            }
        }
    }

    /** One delivery is with its receiver, and of one message half has come: both end as ever, and only then the stop does. */
    @Test
    void what_is_in_hand_is_finished_when_the_gateway_stops(@TempDir Path folder) throws Exception {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        Path routes = FewExchanges.in(folder.resolve("routes"), List.of("identification-number-assigned"));
        SlowReceiver health = new SlowReceiver(new PartyCode("MH"));
        Agencies agencies = new Agencies(
                List.of(new Agencies.Seat(health.code(), true)),
                certificates,
                DeliveryMemory.whileRunning(),
                Optional.empty(),
                health,
                Clock.systemUTC());
        try (AgencyServer server = new AgencyServer(
                0,
                PartyKeys.load(certificates, PartyCode.CHAPAR),
                agencies,
                new ControlDesk(agencies, nowhere -> {}))) {
            server.start();
            PartyKeys register = PartyKeys.load(certificates, new PartyCode("SPR"));
            ConfigurableApplicationContext gateway = WholeGateway.start(WholeGateway.settings(
                    folder, "--chapar.routes=" + routes, "--chapar.sandbox.port=" + server.port()));
            int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (GatewayConnection sender =
                            new GatewayConnection(URI.create("https://localhost:" + port), register.client());
                    Socket line = register.client().getSocketFactory().createSocket("localhost", port)) {
                assertThat(sender.send(letter(register, 1)).accepted()).isTrue();
                await().atMost(PATIENCE).until(() -> health.came() == 1);
                Letter second = letter(register, 2);
                int half = second.body().length / 2;
                line.getOutputStream().write(head(second));
                assertThat(new String(line.getInputStream().readNBytes(GO_ON.length()), StandardCharsets.US_ASCII))
                        .as("it is being read")
                        .isEqualTo(GO_ON);
                line.getOutputStream().write(second.body(), 0, half);
                line.getOutputStream().flush();

                Thread stopping = new Thread(gateway::close);
                stopping.start();
                await().atMost(PATIENCE).until(gateway::isClosed);
                line.getOutputStream().write(second.body(), half, second.body().length - half);
                line.getOutputStream().flush();
                String answer = new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 202 ").contains("application/jose");
                assertThat(stopping.isAlive())
                        .as("it waits for what is in hand")
                        .isTrue();
                health.answers();
                stopping.join(PATIENCE.toMillis());
                assertThat(stopping.isAlive()).isFalse();
            } finally {
                health.answers();
                gateway.close();
            }
        }
        try (Database database = Database.existing("", folder.resolve("data"));
                Connection connection = database.readers().getConnection();
                ResultSet first = connection
                        .createStatement()
                        .executeQuery("select state from delivery where receiver = 'MH' order by message")) {
            assertThat(first.next()).isTrue();
            assertThat(first.getInt(1)).as("4 is delivered").isEqualTo(4);
            assertThat(first.next()).as("the second was accepted").isTrue();
        }
        assertThat(health.timesOfFirst()).isEqualTo(1);
    }

    private static Letter letter(PartyKeys register, long place) {
        return Letters.of(
                Drafts.numberAssigned(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        place,
                        Nonces.next(),
                        Clock.systemUTC().instant()),
                Form.REST_JSON,
                register.signer());
    }

    private static byte[] head(Letter letter) {
        return ("POST " + letter.path()
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: "
                        + letter.contentType() + "\r\nX-JWS-Signature: "
                        + letter.signature().orElseThrow() + "\r\nContent-Length: " + letter.body().length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Has what it was given, and answers when it is told to. */
    private static final class SlowReceiver implements Witness {

        private final PartyCode code;
        private final List<UUID> came = new CopyOnWriteArrayList<>();
        private final CountDownLatch answering = new CountDownLatch(1);

        SlowReceiver(PartyCode code) {
            this.code = code;
        }

        PartyCode code() {
            return code;
        }

        int came() {
            return came.size();
        }

        long timesOfFirst() {
            return came.stream().filter(came.get(0)::equals).count();
        }

        void answers() {
            answering.countDown();
        }

        @Override
        public void received(PartyCode by, PartyCode sender, UUID messageId, String exchange, boolean first) {
            came.add(messageId);
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
            // The record says so.
        }

        @Override
        public void turnedAway(PartyCode by, String why) {
            throw new IllegalStateException(by + " turned away: " + why);
        }
    }

    private static Reply waited(GatewayConnection mj) {
        try {
            return mj.get("/api/v1/deliveries?wait=" + WAIT_SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
