package io.chapar.sandbox.play;

/** What goes wrong in an agency on a morning. */
public enum Mistake {
    NONE,
    /** A byte changes after signing. */
    BAD_SIGNATURE,
    /** Signed with another agency's key. */
    WRONG_SIGNER,
    /** A required field is missing. */
    SCHEMA,
    /** Sent to an address that names no exchange. */
    UNKNOWN_EXCHANGE,
    /** Sent by an agency that no agreement names. */
    NOT_AGREED,
    /** Sent twice, because the first receipt was mislaid. */
    REPEATED,
    /** The same id with another content. */
    ID_REUSED
}
