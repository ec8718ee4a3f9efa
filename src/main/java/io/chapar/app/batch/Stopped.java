package io.chapar.app.batch;

/** The gateway stops; the batch goes on at the next start, where it stood. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped() {
        super("the gateway stops; the batch goes on at the next start", null, false, false);
    }
}
