package io.chapar.sandbox.load;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The straight line through points, whatever a few of them do: its slope is the median of those of all pairs (Theil and Sen). */
final class Trend {

    private Trend() {}

    /**
     * How much y grows for each one of x.
     *
     * @throws IllegalArgumentException for fewer than two different x
     */
    static double slope(double[] x, double[] y) {
        double[] slopes = IntStream.range(0, x.length)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, x.length)
                        .filter(j -> x[i] != x[j])
                        .mapToDouble(j -> (y[j] - y[i]) / (x[j] - x[i])))
                .toArray();
        if (slopes.length == 0) {
            throw new IllegalArgumentException("a line needs two different places");
        }
        return Median.of(Arrays.stream(slopes));
    }
}
