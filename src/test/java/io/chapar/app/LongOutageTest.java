package io.chapar.app;

import io.chapar.deliver.ReceiverChannels;
import io.chapar.message.PartyCode;
import io.chapar.record.Equation;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole gateway and a receiver that is away for days. */
class LongOutageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SELDOM = Duration.ofMillis(500);
    private static final PartyCode REGISTER = new PartyCode("SPR");
    private static final PartyCode HEALTH = new PartyCode("MH");
    private static final int MESSAGES = 300;
    private static final int KEYS = 5;
    private static final int PROBES = 5;

    private final LaterClock clock = new LaterClock();
    private final Arrivals arrivals = new Arrivals(HEALTH);

    @Test
    void nothing_is_given_up_while_it_is_away_for_two_days_and_then_each_key_comes_in_its_order(@TempDir Path folder)
            throws Exception {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        PartyKeys register = PartyKeys.load(certificates, REGISTER);
        Agencies agencies = new Agencies(
                List.of(new Agencies.Seat(HEALTH, true)),
                certificates,
                DeliveryMemory.whileRunning(),
                Optional.empty(),
                arrivals,
                clock);
        try (AgencyServer server = new AgencyServer(
                0,
                PartyKeys.load(certificates, PartyCode.CHAPAR),
                agencies,
                new ControlDesk(agencies, nowhere -> {}))) {
            server.start();
            agencies.become(HEALTH, new Mood(Mood.Kind.DOWN, Duration.ZERO));
            try (ConfigurableApplicationContext gateway = gateway(folder, server.port());
                    GatewayConnection sender = new GatewayConnection(
                            URI.create("https://localhost:"
                                    + gateway.getEnvironment().getRequiredProperty("local.server.port")),
                            register.client())) {
                KeyedLetters letters = new KeyedLetters(register.signer());
                List<UUID> sent = sent(letters, sender);
                Instant accepted = clock.instant();

                clock.later(Duration.ofDays(2));
                // Of calls that it does not answer it knows nothing; these it counts.
                agencies.become(HEALTH, new Mood(Mood.Kind.ERROR, Duration.ZERO));
                await().atMost(PATIENCE).until(() -> arrivals.turnedAway().size() >= PROBES);
                assertThat(arrivals.inOrder(sent)).isEmpty();
                assertThat(health(gateway).waiting()).isEqualTo(MESSAGES);
                agencies.become(HEALTH, Mood.WELL);
                await().pollInterval(SELDOM)
                        .atMost(PATIENCE)
                        .until(() -> health(gateway).delivered() == MESSAGES);

                assertThat(letters.byKey())
                        .hasSize(KEYS)
                        .allSatisfy((key, ofKey) ->
                                assertThat(arrivals.inOrder(ofKey)).as(key).isEqualTo(ofKey));
                assertThat(sent).allSatisfy(id -> assertThat(arrivals.times(id)).isEqualTo(1));
                assertThat(arrivals.turnedAway()).containsOnly(HEALTH + ": told-to-fail");
                Equation equation = gateway.getBean(MessageRecord.class).equation();
                assertThat(equation.parked()).isZero();
                assertThat(equation.holds()).as("%s", equation).isTrue();
                assertThat(equation.misfits()).isEmpty();
                assertThat(Instant.parse(gateway.getBean(ReceiverChannels.class)
                                .of(HEALTH)
                                .getSince()))
                        .as("by its own clock the gateway was without it for two days")
                        .isAfter(accepted.plus(Duration.ofDays(2)));
            }
        }
    }

    private ConfigurableApplicationContext gateway(Path folder, int agenciesPort) throws IOException {
        Path routes = FewExchanges.in(folder.resolve("routes"), List.of("identification-number-assigned"));
        SpringApplication gateway = WholeGateway.application();
        gateway.addInitializers(context -> context.getBeanFactory().registerSingleton("clock", clock));
        return gateway.run(WholeGateway.settings(
                        folder,
                        WholeGateway.UNWATCHED,
                        "--chapar.routes=" + routes,
                        "--chapar.parties.MJ.channel=mailbox",
                        "--chapar.sandbox.port=" + agenciesPort,
                        "--chapar.deliver.first-back-off=50ms",
                        "--chapar.deliver.longest-back-off=200ms")
                .toArray(String[]::new));
    }

    private static List<UUID> sent(KeyedLetters letters, GatewayConnection sender) throws IOException {
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            Letter letter = letters.next(Optional.of("key-" + i % KEYS));
            Reply reply = sender.send(letter);
            assertThat(reply.status()).as(reply::text).isEqualTo(202);
            sent.add(letter.messageId());
        }
        return sent;
    }

    private static Equation.Row health(ConfigurableApplicationContext gateway) {
        return gateway.getBean(MessageRecord.class).equation().rows().stream()
                .filter(row -> row.receiver().equals(HEALTH))
                .findFirst()
                .orElseThrow();
    }
}
