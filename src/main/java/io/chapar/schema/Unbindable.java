package io.chapar.schema;

/** A document holds something that its schema does not have. It says no more, for it would quote the document. */
public final class Unbindable extends Exception {

    private static final long serialVersionUID = 1L;

    Unbindable() {
        super("the document holds an element or a value that its schema does not have", null, false, false);
    }
}
