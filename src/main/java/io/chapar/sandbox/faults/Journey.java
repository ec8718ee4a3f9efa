package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One message on its way: where it must arrive, and where it did. */
final class Journey {

    /**
     * What a receiver saw of it.
     *
     * @param place of the first time, among all that all receivers saw
     * @param effects deliveries with an id of their own; a second one is a second effect
     * @param times how often it came, repeats with the same id included
     */
    record Sight(long place, int effects, int times) {}

    private final UUID messageId;
    private final Optional<String> orderingKey;
    private final Set<PartyCode> expected;
    private final Map<PartyCode, Sight> seen = new ConcurrentHashMap<>();
    private final AtomicInteger missing;

    Journey(UUID messageId, Optional<String> orderingKey, Set<PartyCode> expected) {
        this.messageId = messageId;
        this.orderingKey = orderingKey;
        this.expected = Set.copyOf(expected);
        this.missing = new AtomicInteger(expected.size());
    }

    UUID messageId() {
        return messageId;
    }

    Optional<String> orderingKey() {
        return orderingKey;
    }

    Set<PartyCode> expected() {
        return expected;
    }

    Map<PartyCode, Sight> seen() {
        return seen;
    }

    /** Whether it was seen wherever it must be, and nowhere else. */
    boolean whereItMustBe() {
        return seen.keySet().equals(expected);
    }

    /** Returns whether it has arrived everywhere by this. */
    boolean arrived(PartyCode receiver, long place, boolean first) {
        Sight now = seen.merge(
                receiver,
                new Sight(place, first ? 1 : 0, 1),
                (before, next) ->
                        new Sight(before.place(), before.effects() + next.effects(), before.times() + next.times()));
        return now.times() == 1 && expected.contains(receiver) && missing.decrementAndGet() == 0;
    }
}
