package io.chapar.trust;

/**
 * A key lies in a token, and the token does not answer, or does not know us any more. What needs the key is not done, and
 * helps later.
 */
public final class KeyUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyUnavailable(String label, Throwable cause) {
        super("the key " + label + " in the token cannot be used now: " + Token.innermost(cause), cause);
    }
}
