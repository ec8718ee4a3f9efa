package io.chapar.sandbox.faults;

import io.chapar.sandbox.play.Books;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the three books: the senders' receipts, what receivers hold, and the record with its ledger. */
final class Verdict {

    private static final int SHOWN = 20;

    /** A fault that came so often and was never felt shows nothing. */
    private static final int OFTEN = 3;

    private final Report report;
    private final List<String> wrong = new ArrayList<>();

    Verdict(Report report) {
        this.report = report;
    }

    /** What broke off the run. */
    void broken(String why) {
        wrong.add(why);
    }

    /** @param receipts of each sender, in the order in which it got them */
    void judge(List<Journey> receipts, Sightings sightings, Tally tally, Inspection inspection) throws IOException {
        Inspection.Page page = inspection.page();
        Inspection.Entries ledger = inspection.ledger();
        Books.Balance balance = page.balance();
        Map<String, List<Journey>> byKey = receipts.stream()
                .filter(journey -> journey.orderingKey().isPresent())
                .collect(Collectors.groupingBy(journey -> journey.orderingKey().orElseThrow()));
        List<String> outOfOrder = byKey.values().stream()
                .flatMap(ofKey -> Sightings.outOfOrder(ofKey).stream())
                .toList();
        List<String> astray = sightings.astray();
        List<String> effects = sightings.effectsOtherThanOne();

        report.line("");
        number("messages with a receipt", receipts.size());
        number("  accepted, answer lost, sent again", tally.receiptsOfRepeats());
        number("  asked for again, the same receipt", tally.sameReceipts());
        number("deliveries accepted", balance.accepted());
        number("  delivered", balance.delivered());
        number("  waiting", balance.waiting());
        number("  parked", balance.parked());
        number("  withdrawn", balance.withdrawn());
        number("  without receiver", balance.noReceiver());
        number("seen by receivers", sightings.arrivals());
        number("  once more with the same id", sightings.repeats());
        number("  missing or astray", astray.size());
        number("  second effects", effects.size());
        number("ordering keys", byKey.size());
        number("  out of order", outOfOrder.size());
        number("ledger entries", ledger.entries());
        report.line("without an answer %s, told to come later %s", tally.unanswered(), tally.later());

        if (wrong.isEmpty()) {
            settled(receipts.size(), page, ledger, astray, sightings);
        }
        found("effects", effects);
        found("order", outOfOrder);
        found("must not happen", sightings.astonishing());
        found("does not fit", balance.misfits());
        must(balance.holds(), "accepted does not equal what became of it");
        must(ledger.fault().isEmpty(), "the ledger does not verify: " + ledger.fault());
    }

    /** What must hold only when the run came to its end. */
    private void settled(
            long receipts, Inspection.Page page, Inspection.Entries ledger, List<String> astray, Sightings sightings) {
        found("missing or astray", astray);
        must(page.messages() == receipts, "the record holds " + page.messages() + " messages");
        must(
                page.balance().accepted()
                                == sightings.arrivals() + page.balance().noReceiver()
                        && page.balance().delivered() == sightings.arrivals(),
                "what is delivered is not what receivers have seen");
        must(ledger.pending() == 0, ledger.pending() + " events are in no ledger");
    }

    private void number(String name, long value) {
        report.line("%-38s %,12d", name, value);
        report.fact(name.strip(), value);
    }

    private void found(String what, List<String> those) {
        those.stream().limit(SHOWN).forEach(one -> wrong.add(what + ": " + one));
        if (those.size() > SHOWN) {
            wrong.add(what + ": and " + (those.size() - SHOWN) + " more");
        }
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    /** A row for each fault; where it is measured whether one was felt, it must have been. */
    void faults(Set<Fault> faults, Troubles troubles, Tally tally) {
        Map<String, Object> facts = new LinkedHashMap<>();
        report.line("");
        report.line("%-16s %6s %6s %24s", "fault", "times", "felt", "longest without receipt");
        faults.stream().sorted().forEach(fault -> {
            long pause = tally.pauseMillis(fault);
            int times = troubles.times(fault);
            OptionalInt felt = troubles.timesFelt(fault);
            String shown = felt.isPresent() ? Integer.toString(felt.getAsInt()) : "-";
            report.line("%-16s %6d %6s %22.1f s", fault.word(), times, shown, pause / 1000.0);
            Map<String, Object> its = new LinkedHashMap<>(Map.of("times", (long) times, "longestPauseMillis", pause));
            felt.ifPresent(number -> its.put("felt", (long) number));
            facts.put(fault.word(), its);
            must(
                    felt.orElse(times) > 0 || times < OFTEN,
                    fault.word() + " came " + times + " times, and nobody felt it");
        });
        report.fact("faults", facts);
    }

    /** Says it; returns whether every promise was kept. */
    boolean tell(long seed) {
        wrong.forEach(one -> report.line("WRONG: %s", one));
        report.fact("kept", wrong.isEmpty());
        report.line(
                "%s",
                wrong.isEmpty()
                        ? String.format(
                                Locale.ROOT,
                                "All of it arrived, once in effect, in order; equation and ledger hold. Seed %d.",
                                seed)
                        : String.format(Locale.ROOT, "Promises were broken. Again with --seed %d.", seed));
        return wrong.isEmpty();
    }
}
