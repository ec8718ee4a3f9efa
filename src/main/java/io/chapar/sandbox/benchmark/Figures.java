package io.chapar.sandbox.benchmark;

import io.chapar.sandbox.play.Tally;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What came out of a measurement, as numbers by name, for a file and for a comparison. */
final class Figures {

    private final Map<String, Object> byName = new LinkedHashMap<>();

    /**
     * @param wall from the first sending to the last delivery
     * @param sending from the first sending to the last receipt
     * @param cpu that the gateway used meanwhile, when its process is known
     */
    static Figures of(Tally tally, Duration sending, Duration wall, Optional<Duration> cpu) {
        Figures figures = new Figures();
        long accepted = tally.total(Tally.Row::accepted);
        long delivered = tally.total(Tally.Row::delivered);
        figures.put("sent", tally.total(Tally.Row::sent));
        figures.put("accepted", accepted);
        figures.put("refused", tally.total(Tally.Row::refused));
        figures.put("withoutAnswer", tally.total(Tally.Row::failed));
        figures.put("delivered", delivered);
        figures.put("deliveredAgain", tally.total(Tally.Row::again));
        figures.put("acceptedPerSecond", accepted / seconds(sending));
        figures.put("deliveredPerSecond", delivered / seconds(wall));
        Histogram receipt = new Histogram(3);
        Histogram delivery = new Histogram(3);
        tally.rows().values().forEach(row -> {
            receipt.add(row.receipt());
            delivery.add(row.delivery());
        });
        figures.times("receipt", receipt);
        figures.times("delivery", delivery);
        cpu.filter(used -> accepted > 0)
                .ifPresent(used -> figures.put("gatewayCpuMicrosPerMessage", used.toNanos() / 1000.0 / accepted));
        return figures;
    }

    static Figures of(MachineSpeed machine) {
        Figures figures = new Figures();
        figures.put("cpuMicrosOfOneSignature", machine.signatureMicros());
        return figures;
    }

    private static double seconds(Duration duration) {
        return Math.max(1, duration.toNanos()) / 1e9;
    }

    private void times(String what, Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return;
        }
        put(what + "P50Millis", micros.getValueAtPercentile(50) / 1000.0);
        put(what + "P90Millis", micros.getValueAtPercentile(90) / 1000.0);
        put(what + "P99Millis", micros.getValueAtPercentile(99) / 1000.0);
        put(what + "MaxMillis", micros.getMaxValue() / 1000.0);
    }

    private void put(String name, long value) {
        byName.put(name, value);
    }

    private void put(String name, double value) {
        byName.put(name, BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP));
    }

    Map<String, Object> byName() {
        return byName;
    }

    /** Puts them into the report, and prints them with what they were the last time beside each. */
    void keep(String name, Map<String, Object> lastTime, Map<String, Object> report, PrintWriter out) {
        report.put(name, byName);
        Map<?, ?> before = lastTime.get(name) instanceof Map<?, ?> then ? then : Map.of();
        out.printf(Locale.ROOT, "%n%-32s %14s %14s%n", name, "now", before.isEmpty() ? "" : "last time");
        byName.forEach((figure, value) -> out.printf(
                Locale.ROOT,
                "  %-30s %14s %14s%n",
                figure,
                value,
                before.containsKey(figure) ? before.get(figure) : ""));
        out.flush();
    }
}
