package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Stage;
import io.chapar.record.MessageRecord;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the record what a delivery id from the broker means now. The broker may give an id twice, or after its delivery
 * has ended; the record knows, and what needs no delivering any more goes no further.
 */
public final class Take implements Stage<String, Optional<Dispatch>> {

    private static final Logger LOG = LoggerFactory.getLogger(Take.class);

    private final MessageRecord record;
    private final Patience patience;

    public Take(MessageRecord record, Patience patience) {
        this.record = record;
        this.patience = patience;
    }

    /**
     * @param body the delivery id
     * @return a {@link Dispatch.Due}, or a {@link Dispatch.Held} while an earlier one with its ordering key is not done
     *     with; empty when there is nothing to do
     */
    @Override
    public Optional<Dispatch> apply(String body) {
        patience.check();
        UUID deliveryId;
        try {
            deliveryId = UUID.fromString(body);
        } catch (IllegalArgumentException e) {
            // Nobody but the publisher may write to these queues; whatever this is, no receiver waits for it.
            LOG.error("a message that carries no delivery id is dropped from a queue of deliveries");
            return Optional.empty();
        }
        return patience.untilRecorded(
                () -> record.due(deliveryId).map(due -> record.heldBack(deliveryId) ? new Dispatch.Held(due) : due));
    }
}
