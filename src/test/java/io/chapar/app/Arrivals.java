package io.chapar.app;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Witness;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What reached one receiver, in the order in which it came for the first time, and how often. */
public final class Arrivals implements Witness {

    private final PartyCode receiver;
    private final Queue<UUID> order = new ConcurrentLinkedQueue<>();
    private final Map<UUID, AtomicInteger> times = new ConcurrentHashMap<>();
    private final Queue<String> turnedAway = new ConcurrentLinkedQueue<>();

    public Arrivals(PartyCode receiver) {
        this.receiver = receiver;
    }

    @Override
    public void received(PartyCode by, PartyCode sender, UUID messageId, String exchange, boolean first) {
        if (by.equals(receiver)) {
            times.computeIfAbsent(messageId, id -> new AtomicInteger()).incrementAndGet();
            if (first) {
                order.add(messageId);
            }
        }
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        // The record counts it.
    }

    @Override
    public void turnedAway(PartyCode by, String why) {
        turnedAway.add(by + ": " + why);
    }

    public boolean all(List<UUID> messages) {
        return order.containsAll(messages);
    }

    /** Of these, in the order of their first arrival. */
    public List<UUID> inOrder(List<UUID> messages) {
        return order.stream().filter(messages::contains).toList();
    }

    public int times(UUID message) {
        AtomicInteger seen = times.get(message);
        return seen == null ? 0 : seen.get();
    }

    public List<String> turnedAway() {
        return List.copyOf(turnedAway);
    }
}
