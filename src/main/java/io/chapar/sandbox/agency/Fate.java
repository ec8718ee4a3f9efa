package io.chapar.sandbox.agency;

import java.util.Random;

/** The chance from which a register makes up what it knows: the same for the same key, so that it knows it twice. */
final class Fate {

    private Fate() {}

    static Random of(String key) {
        return new Random(key.hashCode() * 2_862_933_555_777_941_757L + 3_037_000_493L);
    }
}
