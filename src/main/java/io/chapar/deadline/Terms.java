package io.chapar.deadline;

import io.chapar.message.Agreement;
import io.chapar.message.Fields;
import io.chapar.message.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** When legal terms end, in Baku. */
public final class Terms {

    /** Reads the holidays of {@code schemas/code-lists/holidays.xml}. */
    public static Terms load(Path holidays) {
        throw new UnsupportedOperationException(holidays.toString());
    }

    /** The deadline for the receipt; empty when the agreement has no term, or the event's date is absent. */
    public Optional<Receipt.Deadline> deadline(Agreement agreement, Fields fields, Instant acceptedAt) {
        throw new UnsupportedOperationException(agreement.title() + fields + acceptedAt);
    }
}
