package io.chapar.sandbox.load;

import io.chapar.sandbox.play.Tally;
import io.chapar.sandbox.post.Mail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** As many messages that must be refused as the machine can send, and honest ones among them that must not notice. */
final class Flood implements LoadTrial {

    /** Until a receipt, from when the message was meant to go. */
    private static final double SLOWEST_RECEIPT_MILLIS = 1_000;

    private static final double MORE_MEMORY_MEGABYTES = 96;

    private final Plan plan;

    Flood(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        WarmUp.of(station, plan.warmUp());
        findings.say(
                "Warming up for %d s, with a flood over %d connections",
                plan.warmUp().toSeconds(), plan.senders());
        try (var mail = station.mail(plan.senders());
                RefusedMail warm = flood(station, mail)) {
            honest(station, plan.warmUp());
            findings.figure("warm-up: answers to the flood", total(warm));
        }
        findings.say("Without a flood: %.0f honest messages a second", plan.rate());
        tell(findings, "without a flood", honest(station, plan.time()));
        double calmHeap = station.sample().heapMegabytes();
        findings.say("In a flood");
        try (var mail = station.mail(plan.senders());
                RefusedMail flood = flood(station, mail)) {
            long begin = System.nanoTime();
            Traffic honest = honest(station, plan.time());
            double seconds = (System.nanoTime() - begin) / 1e9;
            double heap = station.sample().heapMegabytes();
            long answers = total(flood);
            flood.answers().forEach((code, count) -> findings.figure("  answered with " + code, count.sum()));
            findings.figure("answers to the flood a second", answers / seconds);
            double p99 = tell(findings, "in a flood", honest);
            findings.figure("heap without a flood, MB", calmHeap);
            findings.figure("heap in a flood, MB", heap);
            findings.must(answers > 0, "there was no flood");
            findings.must(flood.accepted() == 0, "something of the flood was accepted");
            findings.must(p99 < SLOWEST_RECEIPT_MILLIS, "honest messages waited for those that are refused");
            findings.must(heap - calmHeap <= MORE_MEMORY_MEGABYTES, "memory grew with the flood");
        }
        findings.figure("resident at most, MB", station.sample().mostResidentMegabytes());
        findings.none(station.arrivals().wrong());
        station.awaitNothingWaits();
    }

    private RefusedMail flood(Station station, Mail mail) {
        return new RefusedMail(
                mail,
                station.strangers(plan.senders()),
                station.fleetingStranger(),
                plan.senders(),
                station.source()::stay);
    }

    private static long total(RefusedMail flood) {
        return flood.answers().values().stream().mapToLong(count -> count.sum()).sum();
    }

    /** Every one must be accepted, and delivered. */
    private Traffic honest(Station station, Duration time) throws InterruptedException {
        int messages = Math.max(1, (int) (time.toMillis() / 1000.0 * plan.rate()));
        List<Source.Item> items = station.signed(messages);
        Tally tally = station.counter().fresh();
        Traffic traffic = Traffic.at(plan.rate(), messages, station.mail(), tally, items::get);
        Findings findings = station.findings();
        traffic.tellRefused(findings, "of the honest ones");
        findings.must(
                tally.total(Tally.Row::accepted) == messages,
                "of " + messages + " honest messages " + tally.total(Tally.Row::accepted) + " were accepted");
        findings.must(
                station.awaitArrived(traffic, traffic.owed().keySet()),
                "not everything that was accepted was delivered");
        return traffic;
    }

    /** Returns the 99th percentile of the time to receipt, in milliseconds. */
    private static double tell(Findings findings, String when, Traffic traffic) {
        Histogram receipts = new Histogram(3);
        Histogram deliveries = new Histogram(3);
        traffic.tally().rows().values().forEach(row -> {
            receipts.add(row.receipt());
            deliveries.add(row.delivery());
        });
        double millisecond = TimeUnit.MILLISECONDS.toMicros(1);
        double p99 = receipts.getValueAtPercentile(99) / millisecond;
        findings.figure("receipt " + when + ", p50, ms", receipts.getValueAtPercentile(50) / millisecond);
        findings.figure("receipt " + when + ", p99, ms", p99);
        findings.figure("receipt " + when + ", longest, ms", receipts.getMaxValue() / millisecond);
        findings.figure("delivery " + when + ", p99, ms", deliveries.getValueAtPercentile(99) / millisecond);
        return p99;
    }
}
