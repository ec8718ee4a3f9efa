package io.chapar.instances;

import java.security.SecureRandom;
import java.util.Random;

/**
 * What decides all that is generated. A failure prints it; the system property {@code chapar.test.seed} gives it again,
 * and {@code chapar.test.instances} says how many instances there are of each kind of document.
 */
public final class Seed {

    public static final long SEED = Long.getLong("chapar.test.seed", new SecureRandom().nextInt(1_000_000));

    private Seed() {}

    /** How many instances of each kind of document; at least the least and the most of each. */
    public static int instances(int otherwise) {
        return Math.max(2, Integer.getInteger("chapar.test.instances", otherwise));
    }

    /** Each instance has its own, so that one fails alike alone and among others. */
    static Random random(long seed, String name, int number) {
        return new Random(31 * (31 * seed + name.hashCode()) + number);
    }

    /** To be told with whatever fails. */
    public static String told(int number) {
        return "instance " + number + " of -Dchapar.test.seed=" + SEED + " -Dchapar.test.instances=" + (number + 1);
    }
}
