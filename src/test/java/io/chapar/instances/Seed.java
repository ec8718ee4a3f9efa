package io.chapar.instances;

import java.security.SecureRandom;
import java.util.Random;

/**
 * What decides all that is generated. A build that is repeated gives the same, so it is fixed; whoever looks for more says
 * {@code -Dchapar.test.seed=random}. A failure prints the seed, the system property gives it again, and {@code
 * chapar.test.instances} says how many instances there are of each kind of document.
 */
public final class Seed {

    public static final long SEED = seed(System.getProperty("chapar.test.seed", "2018"));

    private Seed() {}

    private static long seed(String wanted) {
        return wanted.equals("random") ? new SecureRandom().nextInt(1_000_000) : Long.parseLong(wanted);
    }

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
