package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Mood;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.play.Tally;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final PartyCode FILLING = new PartyCode("SBS");
    private static final int OTHERS = 100;
    private static final int PARTS = 10;
    private static final int PAGES = 5;
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(2);
    private static final String WAITING = "/api/v1/messages?since=2026-01-01T00:00:00Z&state=waiting";
    private static final Pattern CURSOR = Pattern.compile("\"cursor\"\\s*:\\s*\"([^\"]+)\"");

    private final Plan plan;

    Backlog(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        double usual = usual(station);
        long known = station.page().balance().accepted();
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
        findings.must(before.balance().waiting() == accepted, "not all that was accepted waits");

        findings.say("Starting again");
        station.stop();
        findings.figure("start, s", station.start().toMillis() / 1000.0);
        findings.must(station.page().balance().waiting() == accepted, "the start lost some of what waits");
        page(station);
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
        Traffic traffic = Traffic.asFastAsItGoes(
                CONNECTIONS,
                Long.MAX_VALUE,
                plan.time(),
                station.mail(),
                tally,
                () -> station.source().crossing(station.mail()));
        station.findings()
                .must(
                        station.awaitArrived(traffic, traffic.owed().keySet()),
                        "not all was delivered while nothing waited");
        double rate = delivered(tally) / seconds(begin);
        station.findings().figure("delivered a second while nothing waits", rate);
        station.awaitNothingWaits();
        return rate;
    }

    /** Returns how many were accepted a second. */
    private double fill(Station station, Tally tally) throws InterruptedException {
        double seconds = 0;
        for (long part = 1; part <= PARTS; part++) {
            long enough = plan.messages() * part / PARTS;
            Traffic traffic = Traffic.asFastAsItGoes(
                    CONNECTIONS,
                    enough,
                    PATIENCE,
                    station.mail(),
                    tally,
                    () -> station.source().crossing(station.mail()));
            seconds += traffic.seconds();
            station.findings().say("  %,14d were accepted after %,.0f s", tally.total(Tally.Row::accepted), seconds);
        }
        return tally.total(Tally.Row::accepted) / seconds;
    }

    /** As a sender does who wants to know what is still under way. */
    private static void page(Station station) throws IOException {
        GatewayConnection sender = station.mail().connection(FILLING);
        Optional<String> cursor = Optional.empty();
        long longest = 0;
        for (int page = 0; page < PAGES; page++) {
            long begin = System.nanoTime();
            Reply reply = sender.get(
                    WAITING + cursor.map(position -> "&cursor=" + position).orElse(""));
            longest = Math.max(longest, System.nanoTime() - begin);
            Matcher next = CURSOR.matcher(reply.text());
            cursor = next.find() ? Optional.of(next.group(1)) : Optional.empty();
            station.findings()
                    .must(reply.status() == 200 && reply.text().contains("messageId"), "a page of what waits is empty");
        }
        station.findings().figure("the slowest of " + PAGES + " pages of what waits, ms", longest / 1e6);
        station.findings().must(longest <= LONGEST_PAGE.toNanos(), "paging through what waits is slow");
    }

    /** Returns how many deliveries those had who are not away. */
    private static long others(Station station, Tally tally) throws InterruptedException {
        Traffic traffic = Traffic.asFastAsItGoes(
                OTHERS,
                tally.total(Tally.Row::accepted) + OTHERS,
                PATIENCE,
                station.mail(),
                tally,
                () -> forOthers(station));
        station.findings()
                .must(
                        station.awaitArrived(traffic, traffic.owed().keySet()),
                        "the others were not given what is theirs");
        long deliveries =
                traffic.owed().values().stream().mapToLong(Long::longValue).sum();
        station.findings().figure("deliveries to the others meanwhile", deliveries);
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
        long begin = System.nanoTime();
        boolean all = true;
        for (long part = 1; part <= PARTS && all; part++) {
            long enough = waiting * part / PARTS;
            all = station.counter().await(() -> delivered(tally) >= enough, PATIENCE.toNanos());
            station.findings().say("  %,14d were delivered after %,.0f s", delivered(tally), seconds(begin));
        }
        station.findings().must(all, "not all that waited was delivered");
        return delivered(tally) / seconds(begin);
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
