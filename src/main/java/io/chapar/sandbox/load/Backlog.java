package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.play.Tally;
import java.io.IOException;
import java.time.Duration;

/** A receiver is away while messages pile up, and the gateway is started again before it comes back. */
final class Backlog implements LoadTrial {

    private static final PartyCode AWAY = new PartyCode("SMS");
    private static final int CONNECTIONS = 48;
    private static final Duration PATIENCE = Duration.ofHours(6);

    private final Plan plan;

    Backlog(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        station.agencies().become(AWAY, new Mood(Mood.Kind.DOWN, Duration.ZERO));
        Tally tally = station.counter().fresh();
        findings.say("%s is away; sending until %d messages wait", AWAY, plan.messages());
        Traffic traffic = Traffic.asFastAsItGoes(
                CONNECTIONS,
                plan.messages(),
                PATIENCE,
                station.mail(),
                tally,
                () -> station.source().crossing(station.mail()));
        long accepted = tally.total(Tally.Row::accepted);
        Inspection.Page before = station.page();
        findings.figure("accepted", accepted);
        findings.figure("accepted a second", traffic.acceptedPerSecond());
        findings.figure("waiting", before.balance().waiting());
        Vitals.Sample full = station.sample();
        findings.figure("heap, MB", full.heapMegabytes());
        findings.figure("resident at most, MB", full.mostResidentMegabytes());
        findings.must(before.balance().waiting() == accepted, "not all that was accepted waits");

        findings.say("Starting again");
        station.stop();
        findings.figure("start, s", station.start().toMillis() / 1000.0);
        findings.must(station.page().balance().waiting() == accepted, "the start lost some of what waits");

        station.agencies().become(AWAY, Mood.WELL);
        long begin = System.nanoTime();
        long known = traffic.delivered(AWAY);
        boolean all =
                station.counter().await(() -> tally.total(Tally.Row::acknowledged) >= accepted, PATIENCE.toNanos());
        double drain = (System.nanoTime() - begin) / 1e9;
        findings.figure("drained a second", (traffic.delivered(AWAY) - known) / drain);
        Vitals.Sample drained = station.sample();
        findings.figure("heap after the drain, MB", drained.heapMegabytes());
        findings.figure("resident at most since the start, MB", drained.mostResidentMegabytes());
        findings.must(all, "not all that waited was delivered");
        findings.none(station.arrivals().wrong());
        // The last acknowledgement is recorded a moment after its receiver has given it.
        station.stop();
        equation(findings, station.page().balance());
    }

    private static void equation(Findings findings, Books.Balance balance) {
        findings.figure("deliveries accepted", balance.accepted());
        findings.figure("  delivered", balance.delivered());
        findings.figure("  waiting", balance.waiting());
        findings.figure("  parked", balance.parked());
        findings.must(balance.holds(), "accepted does not equal what became of it");
        findings.must(
                balance.delivered() == balance.accepted(), "not all that was accepted is delivered in the record");
        findings.none(balance.misfits());
    }
}
