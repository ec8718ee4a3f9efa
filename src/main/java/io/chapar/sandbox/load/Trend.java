package io.chapar.sandbox.load;

import java.util.Arrays;

/** The straight line that fits points best (least squares). */
final class Trend {

    private Trend() {}

    /**
     * How much y grows for each one of x.
     *
     * @throws IllegalArgumentException for fewer than two different x
     */
    static double slope(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (int i = 0; i < x.length; i++) {
            together += (x[i] - meanX) * (y[i] - meanY);
            alone += (x[i] - meanX) * (x[i] - meanX);
        }
        if (alone == 0) {
            throw new IllegalArgumentException("a line needs two different places");
        }
        return together / alone;
    }
}
