package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.play.Counter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the agencies were given. Each is held against its own id; deliveries are counted under their receiver's name, while
 * the counter counts sendings under that of their exchange.
 */
final class Arrivals implements Witness, Holdings {

    private final Counter counter;
    private final Map<UUID, Set<PartyCode>> seen = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    Arrivals(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void read(PartyCode receiver, UUID deliveryId, Content content) {
        OwnId.fault(content).ifPresent(fault -> wrong.add(receiver + " was given " + fault));
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        seen.computeIfAbsent(messageId, id -> ConcurrentHashMap.newKeySet()).add(receiver);
        counter.received(receiver, sender, messageId, receiver.value(), first);
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        counter.acknowledged(deliveryId, sender, messageId, exchange);
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        wrong.add(receiver + " turned a delivery away: " + why);
        counter.turnedAway(receiver, why);
    }

    @Override
    public Set<PartyCode> of(UUID messageId) {
        return seen.getOrDefault(messageId, Set.of());
    }

    @Override
    public List<String> wrong() {
        return List.copyOf(wrong);
    }
}
