package io.chapar.app;

import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.Publisher;
import io.chapar.record.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Holds back and lets go on as the record does. */
final class KeyedRecord {

    private final EmbeddedBroker broker;
    private final Publisher publisher;
    private final Map<UUID, Ticket> waiting;
    private final Map<String, List<UUID>> open = new ConcurrentHashMap<>();
    private final Map<String, List<UUID>> accepted = new ConcurrentHashMap<>();
    private final Map<String, List<UUID>> seen = new ConcurrentHashMap<>();
    private final Map<UUID, Ticket> held = new ConcurrentHashMap<>();
    private final Map<UUID, Ticket> all = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger together = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();

    KeyedRecord(EmbeddedBroker broker, Publisher publisher, Map<UUID, Ticket> waiting) {
        this.broker = broker;
        this.publisher = publisher;
        this.waiting = waiting;
    }

    Ticket accepts(Ticket ticket) {
        String key = ticket.orderingKey().orElseThrow();
        all.put(ticket.deliveryId(), ticket);
        waiting.put(ticket.deliveryId(), ticket);
        open.computeIfAbsent(key, k -> new ArrayList<>()).add(ticket.deliveryId());
        accepted.computeIfAbsent(key, k -> new ArrayList<>()).add(ticket.deliveryId());
        return ticket;
    }

    void deliver(UUID id) {
        Ticket ticket = Objects.requireNonNull(all.get(id));
        String key = ticket.orderingKey().orElseThrow();
        List<UUID> ofKey = Objects.requireNonNull(open.get(key));
        lock.lock();
        try {
            if (!waiting.containsKey(id)) {
                return;
            }
            if (!ofKey.get(0).equals(id)) {
                broker.admitAgain(ticket.receiver(), id);
                waiting.remove(id);
                held.put(id, ticket);
                return;
            }
        } finally {
            lock.unlock();
        }
        if (!busy.add(key)) {
            together.incrementAndGet();
        }
        seen.computeIfAbsent(key, k -> new ArrayList<>()).add(id);
        busy.remove(key);
        lock.lock();
        try {
            ofKey.remove(id);
            waiting.remove(id);
            Ticket next = ofKey.isEmpty() ? null : held.remove(ofKey.get(0));
            if (next != null) {
                waiting.put(next.deliveryId(), next);
                // Another object, as from the record: the publisher may not be done with the one before.
                Ticket again = new Ticket(next.deliveryId(), next.receiver(), next.orderingKey(), next.priority());
                publisher.durable(List.of(again));
            }
        } finally {
            lock.unlock();
        }
    }

    /** By key, in the order of their acceptance. */
    Map<String, List<UUID>> accepted() {
        return accepted;
    }

    /** By key, in the order of their delivery. */
    Map<String, List<UUID>> seen() {
        return seen;
    }

    /** How often two of one key were in hand at once. */
    int together() {
        return together.get();
    }
}
