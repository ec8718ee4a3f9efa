package io.chapar.message;

import java.io.IOException;

/** Stored bytes are gone, or are not those that were written. To read them again does not help. */
public final class ContentDamaged extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param what for administrators: never content */
    public ContentDamaged(String what) {
        super(what);
    }
}
