package io.chapar.sandbox.load;

import java.util.stream.DoubleStream;

/** The middle of some numbers, or the mean of the two in the middle. */
final class Median {

    private Median() {}

    /** 0 of none. */
    static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
