package io.chapar.crash;

import io.chapar.app.command.Commands;
import io.chapar.message.PartyCode;
import io.chapar.record.Equation;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole gateway is killed at random moments, while it starts too, and started again, while agencies send and
 * receive. {@code -Dchapar.crash.kills=}, {@code .minutes=} (instead of a number of kills) and {@code .seed=} change it.
 */
class CrashTest {

    private static final int SENDERS = 8;
    private static final int MOST_ON_THE_WAY = 400;
    private static final int FEWEST_RECEIPTS = 50;
    private static final int MOST_RECEIPTS = 800;
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(15);

    /** Quick to start: it never lives long. */
    private static final List<String> JVM =
            List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long seed = Long.getLong("chapar.crash.seed", new Random().nextInt(1_000_000));
    private final int kills = Integer.getInteger("chapar.crash.kills", 2);
    private final long minutes = Long.getLong("chapar.crash.minutes", 0);
    private final Random random = new Random(seed);
    private final Report report = new Report(Path.of("target", "crash"));
    private final Gate gate = new Gate();
    private final Sightings sightings = new Sightings(MOST_ON_THE_WAY);
    private final Tally tally = new Tally();
    private long shortestStart = Long.MAX_VALUE;
    private int killed;
    private int killedStarting;

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void what_has_a_receipt_arrives_once_and_in_order_however_often_the_gateway_is_killed() throws Exception {
        report.line("crash test with seed %d, %s", seed, minutes > 0 ? minutes + " minutes" : kills + " kills");
        Path certificates = folder.resolve("certificates");
        DevelopmentPki.make(certificates);
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder.resolve("agencies"))) {
            List<Agencies.Seat> seats = DevelopmentPki.parties().stream()
                    .map(code -> new Agencies.Seat(code, !code.value().equals("MH")))
                    .toList();
            Agencies agencies =
                    new Agencies(seats, certificates, memory, Optional.empty(), sightings, Clock.systemUTC());
            PartyKeys keys = PartyKeys.load(certificates, PartyCode.CHAPAR);
            try (AgencyServer server =
                    new AgencyServer(0, keys, agencies, new ControlDesk(agencies, out -> out.println("Not here.")))) {
                server.start();
                run(GatewayProcess.Home.fresh(folder.resolve("data"), certificates, server.port()), keys);
            }
        } finally {
            report.write();
        }
    }

    private void run(GatewayProcess.Home home, PartyKeys keys) throws Exception {
        Books books = new Books(home.data());
        long begin = System.nanoTime();
        List<Sender> senders = new ArrayList<>();
        try (Mail mail = new Mail(home.address(), home.certificates(), new Counter());
                Crowd crowd = new Crowd(SENDERS)) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(new Sender(i, seed, mail, gate, sightings, tally));
            }
            GatewayProcess gateway = ready(home, keys);
            try {
                senders.forEach(crowd::begin);
                while (minutes > 0 ? System.nanoTime() - begin < TimeUnit.MINUTES.toNanos(minutes) : killed < kills) {
                    live(gateway);
                    kill(gateway, Duration.ofNanos(random.nextLong(GLANCE.toNanos())));
                    gateway = again(home, keys);
                    report.line("restart %d: %s", killed, books.hold(tally.receipts()));
                    crowd.check();
                }
                live(gateway);
                crowd.end();
                drain(books);
            } finally {
                gateway.close();
            }
            report.line("after %,d s", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            judge(books, senders);
        }
    }

    private GatewayProcess ready(GatewayProcess.Home home, PartyKeys keys) throws Exception {
        long begin = System.nanoTime();
        GatewayProcess gateway = GatewayProcess.start(home, JVM, report.gatewayLog());
        try {
            gateway.awaitReady(keys);
        } catch (IOException | InterruptedException e) {
            gateway.close();
            throw e;
        }
        shortestStart = Math.min(shortestStart, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        gate.open();
        return gateway;
    }

    /** Every third kill comes within the time that the quickest start took until it was ready. */
    private GatewayProcess again(GatewayProcess.Home home, PartyKeys keys) throws Exception {
        if (killed % 3 == 2 && (minutes > 0 || killed < kills)) {
            GatewayProcess unlucky = GatewayProcess.start(home, JVM, report.gatewayLog());
            kill(unlucky, Duration.ofMillis(random.nextLong(shortestStart)));
            killedStarting++;
        }
        return ready(home, keys);
    }

    /** Until it has given as many receipts as chance says, or long enough. */
    private void live(GatewayProcess gateway) throws InterruptedException {
        long until = tally.receipts() + random.nextInt(FEWEST_RECEIPTS, MOST_RECEIPTS);
        long end = System.nanoTime() + LONGEST_LIFE.toNanos();
        while (tally.receipts() < until && System.nanoTime() < end) {
            goesOn(gateway, GLANCE);
        }
    }

    private static void goesOn(GatewayProcess gateway, Duration time) throws InterruptedException {
        assertThat(gateway.endedWithin(time)).as("ended by itself").isFalse();
    }

    private void kill(GatewayProcess gateway, Duration after) throws InterruptedException {
        goesOn(gateway, after);
        gate.close();
        gateway.kill();
        killed++;
    }

    private void drain(Books books) throws Exception {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sightings.allArrived() && books.equation().waiting() == 0);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> books.ledger().pending() == 0);
    }

    private void judge(Books books, List<Sender> senders) throws Exception {
        List<Journey> receipts =
                senders.stream().flatMap(sender -> sender.receipts().stream()).toList();
        Map<String, List<Journey>> byKey = receipts.stream()
                .filter(journey -> journey.orderingKey().isPresent())
                .collect(Collectors.groupingBy(journey -> journey.orderingKey().orElseThrow()));
        Equation equation = books.equation();
        report.line("killed                        %,12d  (aimed at a start: %d)", killed, killedStarting);
        report.line("receipts                      %,12d", receipts.size());
        report.line(
                "  given to a repeat           %,12d  (the kill came between record and answer)",
                tally.receiptsOfRepeats());
        report.line("  asked for again, the same   %,12d", tally.sameReceipts());
        report.line("without answer                              %s", tally.unanswered());
        report.line("told to come later                          %s", tally.later());
        report.line("deliveries                    %,12d", sightings.arrivals());
        report.line("  repeats with the same id    %,12d", sightings.repeats());
        report.line(
                "  second effects              %,12d",
                sightings.effectsOtherThanOne().size());
        report.line("  lost or astray              %,12d", sightings.astray().size());
        report.line("ordering keys                 %,12d", byKey.size());
        report.line("at the end: %s", books.hold(receipts.size()));

        assertThat(sightings.astonishing()).isEmpty();
        assertThat(sightings.astray()).isEmpty();
        assertThat(sightings.effectsOtherThanOne()).isEmpty();
        byKey.forEach((key, ofKey) -> assertThat(Sightings.outOfOrder(ofKey))
                .as("ordering key %s", key)
                .isEmpty());
        assertThat(equation.messages()).isEqualTo(receipts.size());
        assertThat(equation.delivered()).isEqualTo(equation.accepted()).isEqualTo(sightings.arrivals());
        assertThat(Commands.run(new String[] {"equation", "--data", books.data().toString()}))
                .isZero();
        assertThat(Commands.run(
                        new String[] {"ledger", "verify", "--data", books.data().toString()}))
                .isZero();
        report.line("all of it arrived, once in effect, in order");
    }
}
