package io.chapar.sandbox.faults;

/** The gateway did what it must never do: no more has to be tried. */
final class BrokenPromise extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenPromise(String what) {
        super(what);
    }
}
