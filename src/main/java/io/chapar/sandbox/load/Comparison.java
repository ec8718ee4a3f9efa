package io.chapar.sandbox.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Figures of undisturbed and disturbed runs beside each other, one of each in every round. A loss of more than ten per cent
 * counts unless chance could have done it, by an exact permutation test: if the disturbance did nothing, either run of a
 * round could as well have been the disturbed one, and what is counted is how many of all these exchanges make the mean
 * loss at least as large as it was.
 */
final class Comparison {

    /** Each one more doubles the exchanges that are counted. */
    static final int MOST_ROUNDS = 16;

    private static final double TOLERATED = 0.10;

    /** What chance does more rarely is not put down to it. */
    private static final double RARE = 0.05;

    /** Between sums of the same numbers. */
    private static final double ROUNDING = 1e-9;

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

    private record Row(boolean higherIsBetter, List<Double> calm, List<Double> troubled) {

        /** Of each round, as parts of the undisturbed mean; negative where the disturbed run was the better one. */
        double[] losses() {
            double whole = mean(calm) * (higherIsBetter ? -1 : 1);
            return IntStream.range(0, Math.min(calm.size(), troubled.size()))
                    .mapToDouble(i -> whole == 0 ? 0 : (troubled.get(i) - calm.get(i)) / whole)
                    .toArray();
        }

        double loss() {
            return Arrays.stream(losses()).average().orElse(0);
        }

        /** The part of all exchanges of the two runs within rounds that make the loss as large. */
        double chance() {
            double[] losses = losses();
            double found = Arrays.stream(losses).sum();
            int exchanges = 1 << losses.length;
            long asLarge = IntStream.range(0, exchanges)
                    .filter(which -> exchanged(losses, which) >= found - ROUNDING)
                    .count();
            return asLarge / (double) exchanges;
        }

        private static double exchanged(double[] losses, int which) {
            return IntStream.range(0, losses.length)
                    .mapToDouble(i -> (which >> i & 1) == 0 ? losses[i] : -losses[i])
                    .sum();
        }
    }

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
        return lost(chance -> chance <= RARE, "");
    }

    /** Names of the figures of which these rounds do not tell whether they are worse. */
    List<String> undecided() {
        return lost(chance -> chance > RARE, ", but chance could do that: more rounds or a quieter machine will tell");
    }

    private List<String> lost(DoublePredicate chance, String further) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getValue().loss() > TOLERATED
                        && chance.test(entry.getValue().chance()))
                .map(entry -> entry.getKey() + " is worse by "
                        + Math.round(100 * entry.getValue().loss()) + " %" + further)
                .toList();
    }

    void tell(Findings findings) {
        findings.say("");
        findings.say(
                "%-30s %12s %12s %10s   %s", "", "undisturbed", "disturbed", "worse by", "in each round, by chance");
        rows.forEach((name, row) -> {
            double[] losses = row.losses();
            findings.say(
                    "%-30s %12.2f %12.2f %+8.1f %%   %+.1f to %+.1f %%, %.0f %%",
                    name,
                    mean(row.calm()),
                    mean(row.troubled()),
                    100 * row.loss(),
                    100 * Arrays.stream(losses).min().orElse(0),
                    100 * Arrays.stream(losses).max().orElse(0),
                    100 * row.chance());
            findings.fact(name, Map.of("undisturbed", decimals(row.calm()), "disturbed", decimals(row.troubled())));
        });
        findings.say("");
        findings.none(worse());
        findings.unclear(undecided());
    }

    private static List<BigDecimal> decimals(List<Double> values) {
        return values.stream().map(BigDecimal::valueOf).toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
