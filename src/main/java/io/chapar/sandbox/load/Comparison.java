package io.chapar.sandbox.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Figures of undisturbed and disturbed runs beside each other, one of each in every round. What counts is the median of the
 * rounds' losses, so that a round in which the machine was busy with something else neither makes a loss nor hides one. A
 * loss of more than ten per cent counts unless chance could have done it, by Wilcoxon's signed-rank test: if the disturbance
 * did nothing, either run of a round could as well have been the disturbed one, and what is counted is how many of all these
 * exchanges make the sum of signed ranks at least as large as it was.
 */
final class Comparison {

    /** Each one more doubles the exchanges that are counted. */
    static final int MOST_ROUNDS = 16;

    private static final double TOLERATED = 0.10;

    /** What chance does more rarely is not put down to it. */
    private static final double RARE = 0.05;

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

        /** Of each round, as parts of the undisturbed figure; negative where the disturbed run was the better one. */
        double[] losses() {
            return rounds((undisturbed, disturbed) -> undisturbed);
        }

        double loss() {
            return Median.of(Arrays.stream(losses()));
        }

        /** The part of all exchanges of the two runs within rounds that make the loss as large. */
        double chance() {
            double[] ranks = signedRanks();
            double found = Arrays.stream(ranks).sum();
            int exchanges = 1 << ranks.length;
            long asLarge = IntStream.range(0, exchanges)
                    .filter(which -> exchanged(ranks, which) >= found)
                    .count();
            return asLarge / (double) exchanges;
        }

        /** Ordered by how many times worse or better, as the difference in relation to the sum is. */
        private double[] signedRanks() {
            double[] differences = rounds(Double::sum);
            return Arrays.stream(differences)
                    .map(one -> Math.signum(one)
                            * Arrays.stream(differences)
                                    .filter(other -> Math.abs(other) <= Math.abs(one))
                                    .count())
                    .toArray();
        }

        private double[] rounds(DoubleBinaryOperator inRelationTo) {
            return IntStream.range(0, Math.min(calm.size(), troubled.size()))
                    .mapToDouble(i -> round(calm.get(i), troubled.get(i), inRelationTo))
                    .toArray();
        }

        private double round(double undisturbed, double disturbed, DoubleBinaryOperator inRelationTo) {
            double lost = higherIsBetter ? undisturbed - disturbed : disturbed - undisturbed;
            return lost == 0 ? 0 : lost / inRelationTo.applyAsDouble(undisturbed, disturbed);
        }

        private static double exchanged(double[] ranks, int which) {
            return IntStream.range(0, ranks.length)
                    .mapToDouble(i -> (which >> i & 1) == 0 ? ranks[i] : -ranks[i])
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
                    median(row.calm()),
                    median(row.troubled()),
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

    private static double median(List<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue));
    }
}
