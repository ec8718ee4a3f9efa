package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.FewParties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NodeReceiverTest {

    private static final DeliveryLimits PATIENT = TestLimits.with(Duration.ofMinutes(5), Duration.ofMinutes(5));
    private static final String DOCUMENT = "{\"header\":{\"messageId\":\"Rəhimova\"}}";

    @TempDir
    static Path certificates;

    private static Dispatch.Signed signed(World world, NodeReceiver spr) throws Exception {
        return new Sign(world.signer, new FewParties(List.of(spr.party())))
                .apply(World.json(World.due("SPR"), DOCUMENT));
    }

    @Test
    void takes_a_delivery_and_its_acknowledgement_is_believed() throws Exception {
        try (World world = new World(certificates, PATIENT);
                NodeReceiver spr = new NodeReceiver(certificates, "SPR")) {
            Dispatch.Signed signed = signed(world, spr);
            Deliver deliver = world.deliver(spr.party());
            assertThat(deliver.apply(signed))
                    .isInstanceOfSatisfying(
                            Dispatch.Acknowledged.class,
                            acknowledged -> assertThat(acknowledged.signature()).isNotNull());
            assertThat(spr.said()).isEqualTo(signed.due().deliveryId() + " " + DOCUMENT);
        }
    }

    @Test
    void a_delivery_that_comes_again_is_acknowledged_again_and_taken_once() throws Exception {
        try (World world = new World(certificates, PATIENT);
                NodeReceiver spr = new NodeReceiver(certificates, "SPR")) {
            Dispatch.Signed once = signed(world, spr);
            Dispatch.Signed next = signed(world, spr);
            Deliver deliver = world.deliver(spr.party());
            for (Dispatch.Signed each : List.of(once, once, next)) {
                assertThat(deliver.apply(each)).isInstanceOf(Dispatch.Acknowledged.class);
            }
            assertThat(spr.said()).startsWith(once.due().deliveryId().toString());
            assertThat(spr.said()).startsWith(next.due().deliveryId().toString());
        }
    }

    @Test
    void refused_when_it_is_altered_and_that_stops_the_channel_and_parks_nothing() throws Exception {
        try (World world = new World(certificates, PATIENT);
                NodeReceiver spr = new NodeReceiver(certificates, "SPR")) {
            Dispatch.Signed signed = signed(world, spr);
            Dispatch.Signed altered = new Dispatch.Signed(
                    signed.due(),
                    DOCUMENT.replace('ə', 'e').getBytes(StandardCharsets.UTF_8),
                    signed.contentType(),
                    signed.signature(),
                    signed.digest());
            Deliver deliver = world.deliver(spr.party());
            CompletableFuture<Dispatch.Ended> hand = CompletableFuture.supplyAsync(() -> deliver.apply(altered));
            ReceiverChannel channel = world.channels.of(spr.party().code());
            await().atMost(Duration.ofSeconds(30)).until(() -> channel.state() == ReceiverChannel.State.STOPPED);
            assertThat(channel.getLastFailure()).contains("401");
            assertThat(hand).isNotDone();
            channel.halt();
            assertThat(hand).failsWithin(30, TimeUnit.SECONDS);
        }
    }
}
