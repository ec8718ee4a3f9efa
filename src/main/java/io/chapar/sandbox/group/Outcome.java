package io.chapar.sandbox.group;

import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.load.Findings;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.play.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What came of a run: its table, and the record and the ledger that the gateways share. */
final class Outcome {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Duration longest;
    private final Inspection inspection;
    private final Counter counter;
    private final Findings findings;

    /** @param longest that nobody may be given anything in */
    Outcome(Duration longest, Inspection inspection, Counter counter, Findings findings) {
        this.longest = longest;
        this.inspection = inspection;
        this.counter = counter;
        this.findings = findings;
    }

    void tell(List<Stretch> stretches, Steady steady, Watch watch) throws IOException, InterruptedException {
        findings.say("");
        findings.say(
                "%-24s %9s %9s %9s  %s",
                "", "sent", "receipts", "arrived", "seconds without: receipt  arrival; slowest");
        double seconds = longest.toMillis() / 1e3;
        for (Stretch stretch : stretches) {
            findings.say(
                    "%-24s %,9d %,9d %,9d  %24.1f %8.1f %8.1f",
                    stretch.name(),
                    stretch.sentMessages(),
                    stretch.receiptsGiven(),
                    stretch.arrivalsSeen(),
                    stretch.secondsWithoutReceipt(),
                    stretch.secondsWithoutArrival(),
                    stretch.slowestSeconds());
            findings.must(stretch.secondsWithoutReceipt() <= seconds, stretch.name() + ": too long without a receipt");
            findings.must(stretch.secondsWithoutArrival() <= seconds, stretch.name() + ": too long without an arrival");
        }
        findings.say("receipts of each node: %s", steady.receipts());
        findings.say("sent again, because of: %s", steady.notTaken());
        findings.say("deliveries that came again under their id: %,d", watch.cameAgain());
        findings.none(watch.wrong());
        findings.none(steady.refused().entrySet().stream()
                .map(refused -> refused.getValue() + " of " + refused.getKey())
                .toList());
        long refused =
                steady.refused().values().stream().mapToLong(count -> count).sum();
        books(watch.newest() - refused);
    }

    private void books(long accepted) throws IOException, InterruptedException {
        boolean settled = await(() -> page().balance().waiting() == 0, PATIENCE);
        Inspection.Page page = page();
        Books.Balance balance = page.balance();
        findings.say(
                "record: %,d messages; accepted %,d = delivered %,d + waiting %,d + parked %,d + withdrawn %,d + without"
                        + " receiver %,d",
                page.messages(),
                balance.accepted(),
                balance.delivered(),
                balance.waiting(),
                balance.parked(),
                balance.withdrawn(),
                balance.noReceiver());
        findings.must(settled, "something waits");
        findings.must(balance.holds(), "the equation does not hold");
        findings.must(balance.parked() == 0, "something is parked");
        findings.must(page.messages() >= accepted, "the record lacks messages that have a receipt");
        findings.none(balance.misfits());
        boolean entered = await(() -> ledger().pending() == 0, PATIENCE);
        Inspection.Entries ledger = ledger();
        findings.say("ledger: %,d entries, verified", ledger.entries());
        findings.must(entered, "events are recorded that did not come into the ledger");
        findings.must(ledger.fault().isEmpty(), "the ledger does not verify: " + ledger.fault());
    }

    private boolean await(BooleanSupplier answer, Duration patience) throws InterruptedException {
        return counter.await(answer, patience.toNanos());
    }

    private Inspection.Page page() {
        try {
            return inspection.page();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Inspection.Entries ledger() {
        try {
            return inspection.ledger();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
