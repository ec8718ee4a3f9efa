package io.chapar.sandbox.matrix;

/** A message came to nothing on its way; the message says where. */
final class NotTaken extends Exception {

    private static final long serialVersionUID = 1L;

    NotTaken(String where) {
        super(where);
    }
}
