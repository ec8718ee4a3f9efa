package io.chapar.deliver;

/**
 * The gateway stops while a delivery is in hand. Thrown through the route, so that the session with the broker rolls
 * back: the broker keeps the delivery for the next start.
 */
public final class Halted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Halted() {
        super("the gateway stops; the delivery stays with the broker", null, false, false);
    }
}
