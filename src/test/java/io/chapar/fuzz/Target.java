package io.chapar.fuzz;

import java.io.IOException;

/** A parser or verifier, and what must hold whatever it is given: it takes it, or refuses it as it promises. */
@FunctionalInterface
public interface Target {

    /** Any exception is a defect. */
    void take(byte[] input) throws IOException;

    /** @throws AssertionError when it does not hold */
    static void promise(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }
}
