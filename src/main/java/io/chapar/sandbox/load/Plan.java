package io.chapar.sandbox.load;

import java.time.Duration;

/**
 * How much of it.
 *
 * @param rate messages a second, where the trial has a steady one
 * @param time that one run takes
 * @param warmUp before anything counts
 * @param rounds how often the two runs of {@code isolation} are made
 * @param messages that pile up in {@code backlog}, or are uploaded in {@code batch}
 * @param senders at once in {@code crowd}, and connections of those that are refused in {@code flood}
 */
public record Plan(double rate, Duration time, Duration warmUp, int rounds, int messages, int senders) {

    public Plan {
        if (rate <= 0
                || time.isNegative()
                || time.isZero()
                || warmUp.isNegative()
                || rounds < 1
                || rounds > Comparison.MOST_ROUNDS
                || messages < 1
                || senders < 1) {
            throw new IllegalArgumentException("a number is out of its range; see --help");
        }
    }
}
