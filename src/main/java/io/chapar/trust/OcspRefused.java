package io.chapar.trust;

/** What a responder answered, or a server stapled, and proves nothing. The message says what is wrong with it. */
final class OcspRefused extends Exception {

    private static final long serialVersionUID = 1L;

    OcspRefused(String reason) {
        super(reason);
    }

    OcspRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
