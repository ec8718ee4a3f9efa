package io.chapar.app.queue;

import java.util.Locale;

/** What a message in a party's queues is: the application property {@code kind}. */
enum Kind {
    MESSAGE,
    DELIVERY,
    RECEIPT,
    PROBLEM,
    ANSWER,
    ACKNOWLEDGEMENT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
