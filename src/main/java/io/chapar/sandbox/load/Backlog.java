package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.play.Tally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A receiver is away while messages pile up, and the gateway is started again before it comes back. Meanwhile the others
 * are served, and the sender pages through what waits; then it drains at least as fast as the same messages are delivered
 * when nothing waits.
 */
final class Backlog implements LoadTrial {

    private static final PartyCode AWAY = new PartyCode("SMS");
    private static final int CONNECTIONS = 48;
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final Duration PATIENCE_OF_OTHERS = Duration.ofMinutes(2);
    private static final PartyCode FILLING = new PartyCode("SBS");
    private static final int OTHERS = 100;
    private static final int PARTS = 10;
    private static final double MORE_MEMORY_MEGABYTES = 96;

    /** Of a drain, how much longer the second half may take than the first. */
    private static final double LONGER = 1.5;

    private final Plan plan;

    Backlog(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        double usual = usual(station);
        long known = station.page().balance().accepted();
        double calmHeap = station.sample().heapMegabytes();
        Instant begin = station.now();
        station.agencies().become(AWAY, new Mood(Mood.Kind.DOWN, Duration.ZERO));
        Tally tally = station.counter().fresh();
        findings.say("%s is away; sending until %d messages wait", AWAY, plan.messages());
        double filled = fill(station, tally);
        long accepted = tally.total(Tally.Row::accepted);
        Inspection.Page before = station.page();
        findings.figure("accepted", accepted);
        findings.figure("accepted a second", filled);
        findings.figure("waiting", before.balance().waiting());
        Vitals.Sample full = station.sample();
        findings.figure("heap, MB", full.heapMegabytes());
        findings.figure("resident at most, MB", full.mostResidentMegabytes());
        findings.must(accepted >= plan.messages(), "fewer were accepted than are to wait");
        findings.must(before.balance().waiting() == accepted, "not all that was accepted waits");
        findings.must(full.heapMegabytes() - calmHeap <= MORE_MEMORY_MEGABYTES, "memory grew with what waits");

        findings.say("Starting again");
        station.stop();
        findings.figure("start, s", station.start().toMillis() / 1000.0);
        findings.must(station.page().balance().waiting() == accepted, "the start lost some of what waits");
        new WaitingPages(station, FILLING, begin).turn(accepted);
        long others = others(station, tally);

        findings.say("%s comes back", AWAY);
        station.agencies().become(AWAY, Mood.WELL);
        double drained = drain(station, tally, accepted);
        findings.figure("drained a second", drained);
        findings.must(drained >= usual, "it drains more slowly than is delivered when nothing waits");
        Vitals.Sample empty = station.sample();
        findings.figure("heap after the drain, MB", empty.heapMegabytes());
        findings.figure("resident at most since the start, MB", empty.mostResidentMegabytes());
        findings.none(station.arrivals().wrong());
        // The last acknowledgement is recorded a moment after its receiver has given it.
        station.stop();
        equation(findings, station.page().balance(), known + accepted + others);
    }
    /** Returns how many are delivered a second when nothing waits. */
    private double usual(Station station) throws InterruptedException {
        WarmUp.of(station, plan.warmUp());
        station.findings().say("The same messages while %s is there", AWAY);
        Tally tally = station.counter().fresh();
        long begin = System.nanoTime();
        Traffic traffic = crossings(station, tally, Long.MAX_VALUE, plan.time());
        station.findings()
                .must(
                        station.awaitArrived(traffic, traffic.owed().keySet()),
                        "not all was delivered while nothing waited");
        double rate = delivered(tally) / seconds(begin);
        station.findings().figure("delivered a second while nothing waits", rate);
        station.awaitNothingWaits();
        return rate;
    }

    private static Traffic crossings(Station station, Tally tally, long enough, Duration longest)
            throws InterruptedException {
        return Traffic.asFastAsItGoes(
                CONNECTIONS,
                enough,
                longest,
                station.mail(),
                tally,
                () -> station.source().crossing(station.mail()));
    }

    /** Returns how many were accepted a second. */
    private double fill(Station station, Tally tally) throws InterruptedException {
        double seconds = 0;
        for (long part = 1; part <= PARTS; part++) {
            long enough = plan.messages() * part / PARTS;
            seconds += crossings(station, tally, enough, PATIENCE).seconds();
            station.findings().say("  %,14d were accepted after %,.0f s", tally.total(Tally.Row::accepted), seconds);
        }
        return tally.total(Tally.Row::accepted) / seconds;
    }

    /** Returns how many deliveries those had who are not away. */
    private static long others(Station station, Tally tally) throws InterruptedException {
        Findings findings = station.findings();
        long enough = tally.total(Tally.Row::accepted) + OTHERS;
        Traffic traffic = Traffic.asFastAsItGoes(
                OTHERS, enough, PATIENCE_OF_OTHERS, station.mail(), tally, () -> forOthers(station));
        traffic.tellRefused(findings, "of what goes to the others");
        findings.must(tally.total(Tally.Row::accepted) >= enough, "what goes to the others is not accepted");
        findings.must(
                station.awaitArrived(traffic, traffic.owed().keySet()), "the others were not given what is theirs");
        long deliveries =
                traffic.owed().values().stream().mapToLong(Long::longValue).sum();
        findings.figure("deliveries to the others meanwhile", deliveries);
        return deliveries;
    }

    private static Source.Item forOthers(Station station) {
        return Stream.generate(() -> station.source().next(station.mail()))
                .filter(item -> !item.receivers().contains(AWAY))
                .findFirst()
                .orElseThrow();
    }

    /** Returns how many a second were delivered. */
    private static double drain(Station station, Tally tally, long waiting) throws InterruptedException {
        Findings findings = station.findings();
        long begin = System.nanoTime();
        double half = 0;
        boolean all = true;
        for (long part = 1; part <= PARTS && all; part++) {
            long enough = waiting * part / PARTS;
            all = station.counter().await(() -> delivered(tally) >= enough, PATIENCE.toNanos());
            half = part == PARTS / 2 ? seconds(begin) : half;
            findings.say("  %,14d were delivered after %,.0f s", delivered(tally), seconds(begin));
        }
        double whole = seconds(begin);
        findings.must(all, "not all that waited was delivered");
        findings.must(whole - half <= LONGER * half, "it drains more and more slowly");
        return delivered(tally) / whole;
    }

    private static long delivered(Tally tally) {
        Tally.Row row = tally.rows().get(AWAY.value());
        return row == null ? 0 : row.delivered();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void equation(Findings findings, Books.Balance balance, long owed) {
        findings.figure("deliveries accepted", balance.accepted());
        findings.figure("  delivered", balance.delivered());
        findings.figure("  waiting", balance.waiting());
        findings.figure("  parked", balance.parked());
        findings.must(balance.holds(), "accepted does not equal what became of it");
        findings.must(
                balance.accepted() == owed, "the record knows of other deliveries than the senders have receipts for");
        findings.must(
                balance.delivered() == balance.accepted(), "not all that was accepted is delivered in the record");
        findings.none(balance.misfits());
    }
}
