package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.play.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The same traffic twice in each round: with all receivers well, and with one dead and another ten times slower than what it
 * is sent. The others must not notice, although half of what they get is also for one of these two.
 */
final class Isolation implements LoadTrial {

    private static final PartyCode DEAD = new PartyCode("MJ");
    private static final PartyCode SLOW = new PartyCode("MFA");
    private static final List<PartyCode> OTHERS =
            List.of(new PartyCode("SMS"), new PartyCode("SPR"), new PartyCode("MLSPP"));

    /** Of the messages, those that go to the slow one. */
    private static final double SHARE_OF_SLOW = 0.25;

    private static final double TIMES_SLOWER = 10;
    private static final int DELIVERIES_AT_ONCE = 32;

    /** A later answer would be none: the gateway gives up after 30 s. */
    private static final Duration SLOWEST = Duration.ofSeconds(25);

    private static final double MORE_MEMORY_MEGABYTES = 64;

    private final Plan plan;
    private final Comparison comparison = new Comparison();
    private double calmHeap;
    private double troubledHeap;

    Isolation(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        WarmUp.of(station, plan.warmUp());
        for (int round = 1; round <= plan.rounds(); round++) {
            // By turns, so that a machine that gets faster or slower meanwhile favours neither.
            if (round % 2 == 1) {
                undisturbed(station, round);
                disturbed(station, round);
            } else {
                disturbed(station, round);
                undisturbed(station, round);
            }
        }
        comparison.tell(findings);
        findings.none(station.arrivals().wrong());
        findings.figure("heap, all well, MB", calmHeap);
        findings.figure("heap, one dead and one slow, MB", troubledHeap);
        findings.figure("resident at most, MB", station.sample().mostResidentMegabytes());
        findings.must(troubledHeap - calmHeap <= MORE_MEMORY_MEGABYTES, "memory grew with what waits");
    }

    private void undisturbed(Station station, int round) throws IOException, InterruptedException {
        station.findings().say("Round %d of %d: all are well", round, plan.rounds());
        take(run(station, round, true), comparison::calm);
        calmHeap = Math.max(calmHeap, station.sample().heapMegabytes());
    }

    private void disturbed(Station station, int round) throws IOException, InterruptedException {
        Findings findings = station.findings();
        Duration delay = delay();
        findings.say(
                "Round %d of %d: %s is dead, %s answers after %.1f s",
                round, plan.rounds(), DEAD, SLOW, delay.toMillis() / 1000.0);
        station.agencies().become(DEAD, new Mood(Mood.Kind.DOWN, Duration.ZERO));
        station.agencies().become(SLOW, new Mood(Mood.Kind.UP, delay));
        Traffic traffic = run(station, round, false);
        take(traffic, comparison::troubled);
        troubledHeap = Math.max(troubledHeap, station.sample().heapMegabytes());
        findings.say(
                "  meanwhile %s was given %d of %d, %s %d of %d",
                DEAD, traffic.delivered(DEAD), traffic.owed(DEAD), SLOW, traffic.delivered(SLOW), traffic.owed(SLOW));
        station.agencies().become(DEAD, Mood.WELL);
        station.agencies().become(SLOW, Mood.WELL);
        findings.must(
                station.awaitArrived(traffic, List.of(DEAD, SLOW)),
                "well again, " + DEAD + " and " + SLOW + " were not given all that waited for them");
    }

    private Duration delay() {
        double wanted = DELIVERIES_AT_ONCE * TIMES_SLOWER / (plan.rate() * SHARE_OF_SLOW);
        return Duration.ofMillis((long) Math.min(SLOWEST.toMillis(), wanted * 1000));
    }

    /** Both runs of a round send the same mix. */
    private Traffic run(Station station, int round, boolean all) throws InterruptedException {
        int messages = Math.max(1, (int) (plan.time().toMillis() / 1000.0 * plan.rate()));
        List<Source.Item> items = station.signed(messages, round);
        Tally tally = station.counter().fresh();
        Traffic traffic = Traffic.at(plan.rate(), messages, station.mail(), tally, items::get);
        Findings findings = station.findings();
        traffic.tellRefused(findings, "in round " + round);
        long accepted = tally.total(Tally.Row::accepted);
        List<String> few = accepted == messages
                ? List.of()
                : List.of("in round " + round + " of " + messages + " messages " + accepted + " were accepted");
        if (all) {
            // What is refused while all are well is refused for what else the machine does, or because it is too much.
            findings.unclear(few);
        } else {
            findings.none(few);
        }
        findings.must(
                station.awaitArrived(traffic, all ? traffic.owed().keySet() : OTHERS),
                "receivers that are well were not given all that is theirs");
        return traffic;
    }

    private void take(Traffic traffic, Comparison.Side side) {
        side.higherIsBetter("accepted a second", traffic.acceptedPerSecond());
        Histogram receipts = new Histogram(3);
        traffic.tally().rows().values().forEach(row -> receipts.add(row.receipt()));
        times("receipt", receipts, side);
        for (PartyCode other : OTHERS) {
            if (traffic.owed(other) > 0) {
                side.higherIsBetter(other + " delivered in time, %", 100 * traffic.partAtLastAnswer(other));
                times(other + " delivery", traffic.deliveryTimes(other), side);
            }
        }
    }

    private static void times(String what, Histogram micros, Comparison.Side side) {
        double millisecond = TimeUnit.MILLISECONDS.toMicros(1);
        side.lowerIsBetter(what + " p50, ms", micros.getValueAtPercentile(50) / millisecond);
        side.lowerIsBetter(what + " p99, ms", micros.getValueAtPercentile(99) / millisecond);
    }
}
