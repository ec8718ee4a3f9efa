package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Stage;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the record what a delivery id from the broker means now. The broker may give an id twice, or after its delivery
 * has ended; the record knows, and what needs no delivering any more goes no further.
 */
public final class Take implements Stage<String, Optional<Dispatch>> {

    private static final Logger LOG = LoggerFactory.getLogger(Take.class);

    private final Function<UUID, Optional<Dispatch.Due>> due;
    private final Predicate<UUID> heldBack;
    private final Patience patience;

    /**
     * @param due asks the record for a delivery; empty when it needs no delivering any more
     * @param heldBack asks the record whether an earlier one with its ordering key is not done with
     */
    public Take(Function<UUID, Optional<Dispatch.Due>> due, Predicate<UUID> heldBack, Patience patience) {
        this.due = due;
        this.heldBack = heldBack;
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
                () -> due.apply(deliveryId).map(found -> heldBack.test(deliveryId) ? new Dispatch.Held(found) : found));
    }
}
