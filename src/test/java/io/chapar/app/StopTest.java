package io.chapar.app;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway that is told to stop. */
class StopTest {

    /** Until somebody else answers it, and longer than the doors stay open for what is in hand. */
    private static final int WAIT_SECONDS = 60;

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

    private static Reply waited(GatewayConnection mj) {
        try {
            return mj.get("/api/v1/deliveries?wait=" + WAIT_SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
