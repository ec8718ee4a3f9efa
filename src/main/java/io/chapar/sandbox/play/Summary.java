package io.chapar.sandbox.play;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The table at the end of a run, and the gateway's equation beneath it. */
final class Summary {

    private static final String LINE = "%-30s %7s %8s %8s %7s %9s %12s %17s %17s%n";

    private Summary() {}

    static void print(Tally tally, PrintStream out) {
        out.println();
        row(
                out,
                "exchange",
                "sent",
                "accepted",
                "repeated",
                "refused",
                "delivered",
                "acknowledged",
                "receipt p50/p99",
                "delivery p50/p99");
        tally.rows()
                .forEach((exchange, row) -> row(
                        out,
                        exchange,
                        number(row.sent()),
                        number(row.accepted()),
                        number(row.repeated()),
                        number(row.refused()),
                        number(row.delivered()),
                        number(row.acknowledged()),
                        times(row.receipt()),
                        times(row.delivery())));
        row(
                out,
                "together",
                number(tally.total(Tally.Row::sent)),
                number(tally.total(Tally.Row::accepted)),
                number(tally.total(Tally.Row::repeated)),
                number(tally.total(Tally.Row::refused)),
                number(tally.total(Tally.Row::delivered)),
                number(tally.total(Tally.Row::acknowledged)),
                "",
                "");
        out.println(
                "Times in milliseconds. A message has one delivery for each of its receivers; a query is answered, not delivered.");
        tally.rows().forEach((exchange, row) -> {
            if (row.refused() > 0) {
                out.println("  refused, " + exchange + ": " + counts(row.refusals()));
            }
            if (row.failed() > 0) {
                out.println("  without an answer, " + exchange + ": " + row.failed());
            }
            if (row.again() > 0) {
                out.println("  delivered once more, without effect, " + exchange + ": " + row.again());
            }
        });
        tally.turnedAway().forEach((what, count) -> out.println("  turned away by an agency: " + what + " " + count));
    }

    static void print(Books.Balance balance, PrintStream out) {
        out.println();
        out.println("The gateway's own count, everything since its first day, by message and receiver:");
        out.println("  accepted " + number(balance.accepted())
                + " = delivered " + number(balance.delivered())
                + " + waiting " + number(balance.waiting())
                + " + parked " + number(balance.parked())
                + " + withdrawn " + number(balance.withdrawn())
                + " + without receiver " + number(balance.noReceiver()));
        String where =
                balance.withBroker() ? "in the record and in the broker" : "in the record; the broker was not asked";
        out.println(balance.holds() ? "  It balances, " + where + "." : "  IT DOES NOT BALANCE, " + where + ":");
        balance.misfits().forEach(misfit -> out.println("    " + misfit));
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void row(PrintStream out, Object... cells) {
        out.printf(Locale.ROOT, LINE, cells);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String times(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return "-";
        }
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0);
    }
}
