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
 * The same traffic twice in turn: with all receivers well, and with one dead and another ten times slower than what it is
 * sent. The others must not notice, although half of what they get is also for one of these two.
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

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double MORE_MEMORY_MEGABYTES = 64;

    private final Plan plan;

    Isolation(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        Comparison comparison = new Comparison();
        findings.say("Warming up for %d s", plan.warmUp().toSeconds());
        run(station, plan.warmUp(), true);
        double calmHeap = 0;
        double troubledHeap = 0;
        for (int round = 1; round <= plan.rounds(); round++) {
            findings.say("Round %d of %d: all are well", round, plan.rounds());
            take(run(station, plan.time(), true), comparison::calm);
            calmHeap = Math.max(calmHeap, station.sample().heapMegabytes());

            Duration delay = delay();
            findings.say("Round %d: %s is dead, %s answers after %.1f s", round, DEAD, SLOW, delay.toMillis() / 1000.0);
            station.agencies().become(DEAD, new Mood(Mood.Kind.DOWN, Duration.ZERO));
            station.agencies().become(SLOW, new Mood(Mood.Kind.UP, delay));
            Traffic troubled = run(station, plan.time(), false);
            take(troubled, comparison::troubled);
            troubledHeap = Math.max(troubledHeap, station.sample().heapMegabytes());
            findings.say(
                    "  meanwhile %s was given %d of %d, %s %d of %d",
                    DEAD,
                    troubled.delivered(DEAD),
                    troubled.owed().getOrDefault(DEAD, 0L),
                    SLOW,
                    troubled.delivered(SLOW),
                    troubled.owed().getOrDefault(SLOW, 0L));
            station.agencies().become(DEAD, Mood.WELL);
            station.agencies().become(SLOW, Mood.WELL);
            findings.must(
                    awaitAll(station, troubled, List.of(DEAD, SLOW)),
                    "well again, " + DEAD + " and " + SLOW + " were not given all that waited for them");
        }
        comparison.tell(findings);
        findings.none(station.arrivals().wrong());
        findings.figure("heap, all well, MB", calmHeap);
        findings.figure("heap, one dead and one slow, MB", troubledHeap);
        findings.figure("resident at most, MB", station.sample().mostResidentMegabytes());
        findings.must(troubledHeap - calmHeap <= MORE_MEMORY_MEGABYTES, "memory grew with what waits");
    }

    private Duration delay() {
        double wanted = DELIVERIES_AT_ONCE * TIMES_SLOWER / (plan.rate() * SHARE_OF_SLOW);
        return Duration.ofMillis((long) Math.min(SLOWEST.toMillis(), wanted * 1000));
    }

    private Traffic run(Station station, Duration time, boolean all) throws IOException, InterruptedException {
        int messages = Math.max(1, (int) (time.toMillis() / 1000.0 * plan.rate()));
        List<Source.Item> items = station.signed(messages);
        Tally tally = station.counter().fresh();
        Traffic traffic = Traffic.at(plan.rate(), messages, station.mail(), tally, items::get);
        Findings findings = station.findings();
        findings.must(
                tally.total(Tally.Row::accepted) == messages,
                "of " + messages + " messages " + tally.total(Tally.Row::accepted) + " were accepted");
        findings.must(
                awaitAll(station, traffic, all ? List.copyOf(traffic.owed().keySet()) : OTHERS),
                "receivers that are well were not given all that is theirs");
        return traffic;
    }

    private static boolean awaitAll(Station station, Traffic traffic, List<PartyCode> parties)
            throws InterruptedException {
        return station.counter().await(() -> parties.stream().allMatch(traffic::arrived), PATIENCE.toNanos());
    }

    private void take(Traffic traffic, Comparison.Side side) {
        side.higherIsBetter("accepted a second", traffic.acceptedPerSecond());
        Histogram receipts = new Histogram(3);
        traffic.tally().rows().values().forEach(row -> receipts.add(row.receipt()));
        times("receipt", receipts, side);
        for (PartyCode other : OTHERS) {
            Tally.Row row = traffic.tally().rows().get(other.value());
            if (row != null) {
                side.higherIsBetter(other + " delivered a second", row.delivered() / traffic.seconds());
                times(other + " delivery", row.delivery(), side);
            }
        }
    }

    private static void times(String what, Histogram micros, Comparison.Side side) {
        double millisecond = TimeUnit.MILLISECONDS.toMicros(1);
        side.lowerIsBetter(what + " p50, ms", micros.getValueAtPercentile(50) / millisecond);
        side.lowerIsBetter(what + " p99, ms", micros.getValueAtPercentile(99) / millisecond);
    }
}
