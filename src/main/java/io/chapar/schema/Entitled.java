package io.chapar.schema;

import io.chapar.message.Agreement;
import io.chapar.message.Fields;
import io.chapar.message.Party;

/** What an asking party may see of an answer. */
public final class Entitled {

    private Entitled() {}

    /** The answer with the caller's fields alone; the header always, its nonce never. */
    public static Fields visible(Agreement agreement, Party caller, Fields answer) {
        throw new UnsupportedOperationException(agreement.title() + caller + answer);
    }
}
