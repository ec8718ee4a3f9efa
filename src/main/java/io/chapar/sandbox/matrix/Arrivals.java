package io.chapar.sandbox.matrix;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.MailWitness;
import io.chapar.sandbox.post.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the agencies read, believed and acknowledged. */
final class Arrivals implements Witness, MailWitness {

    /** A message that a receiver has. */
    private record Arrival(UUID messageId, PartyCode receiver) {}

    private final Map<String, String> notices;
    private final Map<UUID, PartyCode> receivers = new ConcurrentHashMap<>();
    private final Map<UUID, PartyCode> readers = new ConcurrentHashMap<>();
    private final Set<Arrival> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, UUID> about = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition happened = lock.newCondition();

    /** @param notices exchanges that the gateway sends, each with the pointer to the message that it is about */
    Arrivals(Map<String, String> notices) {
        this.notices = Map.copyOf(notices);
    }

    boolean has(PartyCode receiver, UUID messageId) {
        return acknowledged.contains(new Arrival(messageId, receiver));
    }

    /** The message in which the gateway told about this one. */
    Optional<UUID> notice(String exchange, UUID messageId) {
        return Optional.ofNullable(about.get(exchange + messageId));
    }

    /** Who read it, or the last of them. */
    PartyCode reader(UUID messageId) {
        return Optional.ofNullable(readers.get(messageId))
                .orElseThrow(() -> new IllegalArgumentException("nobody read " + messageId));
    }

    /** Returns when something happened, or when the time is over. */
    void pause(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var unused = happened.await(millis, TimeUnit.MILLISECONDS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void read(PartyCode receiver, UUID deliveryId, Content content) {
        receivers.put(deliveryId, receiver);
        readers.put(content.messageId(), receiver);
        Optional.ofNullable(notices.get(content.exchange()))
                .flatMap(content::text)
                .ifPresent(id -> about.put(content.exchange() + id, content.messageId()));
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        // Counted when it is acknowledged.
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        PartyCode receiver = receivers.get(deliveryId);
        if (receiver != null) {
            acknowledged.add(new Arrival(messageId, receiver));
        }
        lock.lock();
        try {
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        // The gateway tells it in the history of the message.
    }

    @Override
    public void sending(Letter letter, long due) {
        // Told by the reply.
    }

    @Override
    public void answered(Letter letter, Reply reply, long due) {
        // Told by the reply.
    }

    @Override
    public void failed(Letter letter, String why) {
        // Told by the exception.
    }
}
