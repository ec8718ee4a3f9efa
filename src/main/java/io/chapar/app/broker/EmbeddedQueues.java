package io.chapar.app.broker;

import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;

/** The queues of a broker within this process: how they are made, and what lies in them. */
final class EmbeddedQueues {

    private final ActiveMQServer server;

    EmbeddedQueues(ActiveMQServer server) {
        this.server = server;
    }

    void make(String name) throws Exception {
        server.createQueue(durable(name), true);
    }

    /** @param exclusive whether one consumer at a time takes from it */
    void make(String name, boolean exclusive) throws Exception {
        server.createQueue(durable(name).setExclusive(exclusive), true);
    }

    private static QueueConfiguration durable(String name) {
        return QueueConfiguration.of(name)
                .setAddress(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoCreateAddress(true);
    }

    long messages(String name) {
        Queue queue = server.locateQueue(name);
        return queue == null ? 0 : queue.getMessageCount();
    }

    long bytes(String name) {
        Queue queue = server.locateQueue(name);
        return queue == null || queue.getMessageCount() == 0 ? 0 : queue.getPersistentSize();
    }

    /** The deliveries in it, queued, paged, or in a consumer's hands. */
    void forEachId(String name, Consumer<UUID> each) {
        Queue queue = server.locateQueue(name);
        if (queue != null) {
            forEachId(queue, SimpleString.of(PartyQueues.DELIVERY_ID), each);
        }
    }

    /** The same of all queues whose names begin so, in which the broker refuses doubles. */
    void forEachIdBelow(String prefix, Consumer<UUID> each) {
        for (SimpleString name : Set.copyOf(server.getPostOffice().getAddresses())) {
            if (name.toString().startsWith(prefix)) {
                Queue queue = server.locateQueue(name);
                if (queue != null) {
                    forEachId(queue, Message.HDR_DUPLICATE_DETECTION_ID, each);
                }
            }
        }
    }

    private static void forEachId(Queue queue, SimpleString property, Consumer<UUID> each) {
        queue.flushExecutor();
        // Looked at twice, so that what goes from hand to queue and from queue to hand meanwhile is seen at least once.
        inHand(queue, property, each);
        try (LinkedListIterator<MessageReference> queued = queue.browserIterator()) {
            while (queued.hasNext()) {
                tell(queued.next(), property, each);
            }
        }
        inHand(queue, property, each);
    }

    private static void inHand(Queue queue, SimpleString property, Consumer<UUID> each) {
        queue.getDeliveringMessages()
                .values()
                .forEach(messages -> messages.forEach(message -> tell(message, property, each)));
    }

    private static void tell(MessageReference reference, SimpleString property, Consumer<UUID> each) {
        String id = reference.getMessage().getStringProperty(property);
        if (id != null) {
            each.accept(UUID.fromString(id));
        }
    }

    /** Lets an id into this queue once more that was there before. */
    void admitAgain(String name, UUID deliveryId) {
        try {
            server.getPostOffice()
                    .getDuplicateIDCache(SimpleString.of(name))
                    .deleteFromCache(SimpleString.of(deliveryId.toString()).getData());
        } catch (Exception e) {
            throw new IllegalStateException("the broker keeps a delivery id among those that it refuses", e);
        }
    }
}
