package io.chapar.schema;

import io.chapar.message.Fields;
import io.chapar.message.Header;

/** The header of a valid document. */
public final class Headers {

    private Headers() {}

    public static Header read(Fields fields) {
        throw new UnsupportedOperationException(fields.toString());
    }
}
