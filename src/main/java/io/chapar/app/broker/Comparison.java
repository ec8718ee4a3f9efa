package io.chapar.app.broker;

import io.chapar.record.DeliveryIds;
import io.chapar.record.Ticket;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds what waits in the record against what the broker holds, and publishes what is missing. It may take minutes, so what
 * becomes durable meanwhile is published in between: by the same thread, so that nothing is published by both.
 *
 * <p>The record is read first, and the broker looked into afterwards: so what becomes durable meanwhile, and is published by
 * whoever recorded it, is never taken for missing. What waited before and is not in the broker is missing, or was taken out
 * of it meanwhile: the record is asked once more whether it still waits.
 */
final class Comparison {

    private static final int BATCH = 500;

    /** So long what is new waits for a comparison at most, apart from one answer of the broker or the record. */
    private static final long SHARE_NANOS = Duration.ofMillis(20).toNanos();

    /** Longer than a delivery is on its way from the record to the broker, when another node publishes it. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final Broker broker;
    private final BrokerSession session;
    private final PendingTickets pending;

    /** What waited before the broker was looked into, was not seen there, and was not given to it since. */
    private final DeliveryIds unseen = new DeliveryIds();

    private final List<Ticket> missing = new ArrayList<>(BATCH);
    private int publishedAgain;
    private long begun = System.nanoTime();

    Comparison(Broker broker, BrokerSession session, PendingTickets pending) {
        this.broker = broker;
        this.session = session;
        this.pending = pending;
    }

    /**
     * @param waiting shows everything that waits in the record, oldest first; asked twice where something is missing
     * @return how many were missing and are published
     * @throws IllegalStateException when the broker is away, or refuses what it is given
     */
    int run(Consumer<Consumer<Ticket>> waiting) {
        waiting.accept(ticket -> {
            unseen.add(ticket.deliveryId());
            publishNewInTime();
        });
        lookIntoBroker();
        if (!unseen.isEmpty() && !broker.refusesDoubles()) {
            // Another node may be about to publish it: for the first time, or again after it was held.
            publishNewFor(ON_ITS_WAY);
            lookIntoBroker();
        }
        if (!unseen.isEmpty()) {
            waiting.accept(ticket -> {
                if (unseen.contains(ticket.deliveryId())) {
                    missing.add(ticket);
                }
                if (missing.size() == BATCH) {
                    publishMissing();
                }
                publishNewInTime();
            });
            publishMissing();
        }
        return publishedAgain;
    }

    private void lookIntoBroker() {
        broker.forEachId(id -> {
            unseen.remove(id);
            publishNewInTime();
        });
    }

    private void publishNewFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !pending.isClosed()) {
            publishNew(pending.next(BATCH, end));
        }
    }

    private void publishNewInTime() {
        if (System.nanoTime() - begun < SHARE_NANOS) {
            return;
        }
        // First, since what is missing may be among what is new.
        publishMissing();
        publishNew(pending.oldest(BATCH));
        begun = System.nanoTime();
    }

    private void publishNew(List<Ticket> batch) {
        if (!batch.isEmpty()) {
            publish(batch);
            pending.published(batch);
            batch.forEach(ticket -> unseen.remove(ticket.deliveryId()));
        }
    }

    private void publishMissing() {
        if (missing.isEmpty()) {
            return;
        }
        // Before it is sent: once it is taken, it may be held and let go again, and that ticket is another one.
        pending.remove(missing);
        missing.forEach(ticket -> broker.admitAgain(ticket.receiver(), ticket.deliveryId()));
        publishedAgain += publish(missing);
        missing.clear();
    }

    private int publish(List<Ticket> tickets) {
        try {
            return session.publish(tickets);
        } catch (JMSException e) {
            throw new IllegalStateException("publishing failed while record and broker were compared", e);
        }
    }
}
