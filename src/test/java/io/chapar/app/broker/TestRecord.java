package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What waits, as the record would say. */
final class TestRecord {

    private final Map<UUID, Ticket> waiting = new LinkedHashMap<>();

    synchronized Ticket accepts(String receiver, String... orderingKey) {
        Ticket ticket = new Ticket(
                UUID.randomUUID(),
                new PartyCode(receiver),
                List.of(orderingKey).stream().findFirst(),
                4);
        waiting.put(ticket.deliveryId(), ticket);
        return ticket;
    }

    synchronized void forEachWaiting(Consumer<Ticket> each) {
        List.copyOf(waiting.values()).forEach(each);
    }

    synchronized Optional<Ticket> find(UUID id) {
        return Optional.ofNullable(waiting.get(id));
    }

    synchronized boolean ended(UUID id) {
        return waiting.remove(id) != null;
    }

    synchronized int size() {
        return waiting.size();
    }
}
