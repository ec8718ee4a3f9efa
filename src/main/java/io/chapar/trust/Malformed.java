package io.chapar.trust;

/** A document that cannot be read within the limits. The message may be shown to its sender: it quotes no content. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    public Malformed(String reason) {
        super(reason, null, false, false);
    }
}
