package io.chapar.sandbox.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures of undisturbed and disturbed runs beside each other. A figure is worse when its mean is by more than ten per cent
 * and by more than the undisturbed runs differ among themselves: what a machine does without any disturbance proves nothing.
 */
final class Comparison {

    private static final double TOLERATED = 0.10;

    /** Takes one side's figures. */
    @FunctionalInterface
    interface Side {

        void take(String name, boolean higherIsBetter, double value);

        default void higherIsBetter(String name, double value) {
            take(name, true, value);
        }

        default void lowerIsBetter(String name, double value) {
            take(name, false, value);
        }
    }

    private record Row(boolean higherIsBetter, List<Double> calm, List<Double> troubled) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();

    void calm(String name, boolean higherIsBetter, double value) {
        row(name, higherIsBetter).calm().add(value);
    }

    void troubled(String name, boolean higherIsBetter, double value) {
        row(name, higherIsBetter).troubled().add(value);
    }

    private Row row(String name, boolean higherIsBetter) {
        return rows.computeIfAbsent(name, fresh -> new Row(higherIsBetter, new ArrayList<>(), new ArrayList<>()));
    }

    /** Names of the figures that are worse, with by how much. */
    List<String> worse() {
        return rows.entrySet().stream()
                .filter(entry -> worse(entry.getValue()))
                .map(entry -> entry.getKey() + " is worse by " + Math.round(Math.abs(percent(entry.getValue()))) + " %")
                .collect(Collectors.toList());
    }

    void tell(Findings findings) {
        findings.say("");
        findings.say("%-30s %12s %12s %10s   undisturbed runs", "", "undisturbed", "disturbed", "difference");
        rows.forEach((name, row) -> {
            findings.say(
                    "%-30s %12.2f %12.2f %+9.1f %%   %.2f to %.2f",
                    name, mean(row.calm()), mean(row.troubled()), percent(row), least(row.calm()), most(row.calm()));
            findings.fact(name, Map.of("undisturbed", decimals(row.calm()), "disturbed", decimals(row.troubled())));
        });
        findings.say("");
        findings.none(worse());
    }

    private static List<BigDecimal> decimals(List<Double> values) {
        return values.stream().map(BigDecimal::valueOf).toList();
    }

    private static boolean worse(Row row) {
        double loss = row.higherIsBetter()
                ? mean(row.calm()) - mean(row.troubled())
                : mean(row.troubled()) - mean(row.calm());
        return loss > TOLERATED * mean(row.calm()) && loss > most(row.calm()) - least(row.calm());
    }

    private static double percent(Row row) {
        double calm = mean(row.calm());
        return calm == 0 ? 0 : 100 * (mean(row.troubled()) - calm) / calm;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
