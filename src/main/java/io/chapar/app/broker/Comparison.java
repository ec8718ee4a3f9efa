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
 */
final class Comparison {

    private static final int BATCH = 500;

    /** So long what is new waits for a comparison at most, apart from one answer of the broker or the record. */
    private static final long SHARE_NANOS = Duration.ofMillis(20).toNanos();

    private final Broker broker;
    private final BrokerSession session;
    private final PendingTickets pending;

    /** By the broker, or given to it since. */
    private final DeliveryIds held = new DeliveryIds();

    private final List<Ticket> missing = new ArrayList<>(BATCH);
    private int publishedAgain;
    private long begun = System.nanoTime();

    Comparison(Broker broker, BrokerSession session, PendingTickets pending) {
        this.broker = broker;
        this.session = session;
        this.pending = pending;
    }

    /**
     * @param waiting shows everything that waits in the record, oldest first
     * @return how many were missing and are published
     * @throws IllegalStateException when the broker is away, or refuses what it is given
     */
    int run(Consumer<Consumer<Ticket>> waiting) {
        broker.forEachId(id -> {
            held.add(id);
            publishNewInTime();
        });
        waiting.accept(ticket -> {
            if (!held.contains(ticket.deliveryId())) {
                missing.add(ticket);
            }
            if (missing.size() == BATCH) {
                publishMissing();
            }
            publishNewInTime();
        });
        publishMissing();
        return publishedAgain;
    }

    private void publishNewInTime() {
        if (System.nanoTime() - begun < SHARE_NANOS) {
            return;
        }
        // First, since what is missing may be among what is new.
        publishMissing();
        List<Ticket> batch = pending.oldest(BATCH);
        if (!batch.isEmpty()) {
            publish(batch);
            pending.published(batch);
            batch.forEach(ticket -> held.add(ticket.deliveryId()));
        }
        begun = System.nanoTime();
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
