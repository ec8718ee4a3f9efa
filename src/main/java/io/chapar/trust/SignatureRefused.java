package io.chapar.trust;

/** A signature that proves nothing. The message may be shown to the sender: it says what the profile wants. */
public final class SignatureRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a signature. */
    public enum Fault {
        /** There is none. */
        MISSING,
        /** It does not verify, or was made with something that is not allowed. */
        INVALID,
        /** It does not cover exactly what the profile wants covered, in the way the profile wants it. */
        INCOMPLETE
    }

    private final Fault fault;

    public SignatureRefused(Fault fault, String reason) {
        super(reason, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    static SignatureRefused missing(String reason) {
        return new SignatureRefused(Fault.MISSING, reason);
    }

    static SignatureRefused invalid(String reason) {
        return new SignatureRefused(Fault.INVALID, reason);
    }

    static SignatureRefused incomplete(String reason) {
        return new SignatureRefused(Fault.INCOMPLETE, reason);
    }
}
