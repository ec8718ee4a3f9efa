package io.chapar.sandbox.matrix;

import java.util.Locale;

/** How deliveries reach the receivers. */
enum Outbound {
    REST,
    SOAP,
    MAILBOX,
    QUEUE;

    /** The word for it in the party directory. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
