package io.chapar.sandbox.load;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of some numbers, or the mean of the two in the middle. */
final class Median {

    private Median() {}

    /** 0 of none. */
    static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return Arrays.stream(sorted, Math.max(0, sorted.length - 1) / 2, sorted.length / 2 + Math.min(1, sorted.length))
                .average()
                .orElse(0);
    }
}
