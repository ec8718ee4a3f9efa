package io.chapar.record;

import java.util.Locale;

/** Where a delivery is. The order is that of the column; what comes before {@code DELIVERED} is open. */
enum DeliveryState {
    WAITING,
    HELD,
    PARKED,
    MAILED,
    DELIVERED,
    WITHDRAWN;

    static DeliveryState of(int column) {
        return values()[column];
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
