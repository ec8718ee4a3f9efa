package io.chapar.sandbox.load;

import io.chapar.sandbox.play.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Three times as much as the gateway carries. What it accepts it delivers as fast as ever, the rest it refuses quickly. Counted
 * are deliveries: turns go round the parties, so those who send less have a larger part of what is accepted under pressure, and
 * their messages go to more receivers.
 */
final class Pressure implements LoadTrial {

    private static final int CONNECTIONS = 48;
    private static final int TIMES = 3;

    /** Senders and receivers share the machine with the gateway, and three times as many senders take their part of it. */
    private static final double LEAST_SHARE = 0.7;

    /** The longest wait for a turn is a second; on top of it comes what a busy machine takes. */
    private static final double SLOWEST_REFUSAL_MILLIS = 3_000;

    private static final double MORE_MEMORY_MEGABYTES = 96;

    /** SOAP 1.1 tells every fault with 500 (WS-I Basic Profile 1.1, R1126). */
    private static final String LATER = "429 quota|500 quota";

    private final Plan plan;

    Pressure(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        findings.say("Warming up, as fast as %d connections carry it", CONNECTIONS);
        Carried warm = saturate(station, plan.warmUp());
        findings.say("Warming up, three times as fast");
        Offer unused = offer(station, warm, plan.warmUp());
        findings.say("Finding the sustainable rate");
        Carried sustainable = saturate(station, plan.time());
        findings.figure("sustainable, messages a second", sustainable.messages());
        findings.figure("sustainable, deliveries a second", sustainable.deliveries());
        double calmHeap = station.sample().heapMegabytes();
        Offer offer = offer(station, sustainable, plan.time());
        tell(findings, offer, sustainable);
        double heap = station.sample().heapMegabytes();
        findings.figure("heap before, MB", calmHeap);
        findings.figure("heap after, MB", heap);
        findings.figure("resident at most, MB", station.sample().mostResidentMegabytes());
        findings.must(offer.all(), "not all that was accepted was delivered");
        findings.must(heap - calmHeap <= MORE_MEMORY_MEGABYTES, "memory grew under pressure");
    }

    /** Accepted and delivered a second, until the last delivery. */
    private record Carried(double messages, double deliveries) {

        static Carried since(long begin, Tally tally) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Carried(
                    tally.total(Tally.Row::accepted) / seconds, tally.total(Tally.Row::acknowledged) / seconds);
        }
    }

    /** @param all whether all that was accepted was delivered in the end */
    private record Offer(Traffic traffic, boolean all, Carried carried) {}

    private static Offer offer(Station station, Carried sustainable, Duration time) throws InterruptedException {
        double rate = TIMES * sustainable.messages();
        int messages = (int) (rate * time.toMillis() / 1000);
        station.findings().say("Signing %d messages", messages);
        List<Source.Item> items = station.signed(messages);
        station.findings().say("Offering %.0f a second", rate);
        Tally tally = station.counter().fresh();
        long begin = System.nanoTime();
        Traffic traffic = Traffic.at(rate, messages, station.mail(), tally, items::get);
        boolean all = station.awaitArrived(traffic, traffic.owed().keySet());
        return new Offer(traffic, all, Carried.since(begin, tally));
    }

    private static void tell(Findings findings, Offer offer, Carried sustainable) {
        Traffic traffic = offer.traffic();
        Tally tally = traffic.tally();
        long accepted = tally.total(Tally.Row::accepted);
        double millisecond = TimeUnit.MILLISECONDS.toMicros(1);
        Histogram refusals = traffic.refusals();
        double p99 = refusals.getValueAtPercentile(99) / millisecond;
        findings.figure("offered", tally.total(Tally.Row::sent));
        findings.figure("offered a second, really", tally.total(Tally.Row::sent) / traffic.seconds());
        findings.figure("accepted", accepted);
        findings.figure(
                "accepted and delivered, messages a second", offer.carried().messages());
        findings.figure(
                "accepted and delivered, deliveries a second", offer.carried().deliveries());
        findings.figure("without an answer", tally.total(Tally.Row::failed));
        traffic.refused().forEach((code, times) -> {
            findings.figure("refused with " + code, times.getTotalCount());
            findings.figure("  p50, ms", times.getValueAtPercentile(50) / millisecond);
            findings.figure("  p99, ms", times.getValueAtPercentile(99) / millisecond);
        });
        findings.figure("refused without Retry-After", traffic.withoutRetryAfter());
        findings.figure("refusal p50, ms", refusals.getValueAtPercentile(50) / millisecond);
        findings.figure("refusal p99, ms", p99);
        findings.must(tally.total(Tally.Row::refused) > 0, "nothing was refused: that was no pressure");
        findings.must(tally.total(Tally.Row::failed) == 0, "some got no answer at all");
        findings.must(traffic.withoutRetryAfter() == 0, "some were not told when to come again");
        findings.none(traffic.refused().keySet().stream()
                .filter(code -> !code.matches(LATER))
                .map(code -> "refused for another reason: " + code)
                .toList());
        findings.must(p99 <= SLOWEST_REFUSAL_MILLIS, "refusals are slow");
        findings.must(
                offer.carried().deliveries() >= LEAST_SHARE * sustainable.deliveries(),
                "what is accepted does not go on at full speed");
    }

    private static Carried saturate(Station station, Duration time) throws InterruptedException {
        int most = (int) (time.toSeconds() * 1_000) + CONNECTIONS;
        ConcurrentLinkedQueue<Source.Item> items = new ConcurrentLinkedQueue<>(new ArrayList<>(station.signed(most)));
        Tally tally = station.counter().fresh();
        long begin = System.nanoTime();
        Traffic traffic = Traffic.asFastAsItGoes(
                CONNECTIONS,
                most - CONNECTIONS,
                time,
                station.mail(),
                tally,
                () -> Optional.ofNullable(items.poll())
                        .orElseGet(() -> station.source().next(station.mail())));
        station.findings()
                .must(
                        station.awaitArrived(traffic, traffic.owed().keySet()),
                        "not all that was accepted was delivered");
        return Carried.since(begin, tally);
    }
}
