package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import jakarta.jms.ConnectionFactory;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker inside the gateway: a journal on disk, a durable queue of deliveries for each party, reached from within
 * this process only, by one user whose password lives as long as the process.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** A party's deliveries are in the queue of this name and its code. */
    public static final String DELIVERIES = "chapar.deliver.";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** Small: what one consumer has fetched, another one cannot take. */
    private static final int FETCHED_AHEAD_BYTES = 0;

    private final Path folder;
    private final BrokerAccess access = new BrokerAccess();
    private final EmbeddedActiveMQ server;
    private final List<PartyCode> parties;
    private final ReentrantLock switching = new ReentrantLock();
    private volatile boolean running;

    /** @param folder of journal and paging files; made when it is missing */
    public EmbeddedBroker(BrokerSettings settings, Path folder, Collection<PartyCode> parties) {
        this.folder = folder.toAbsolutePath();
        this.parties = List.copyOf(parties);
        this.server = new EmbeddedActiveMQ()
                .setConfiguration(BrokerShape.of(settings, this.folder, access))
                .setSecurityManager(access.security())
                .setMbeanServer(ManagementFactory.getPlatformMBeanServer());
    }

    /** @throws BrokerUnreadable when the journal cannot be used */
    public void start() {
        switching.lock();
        try {
            if (running) {
                return;
            }
            if (Files.notExists(folder.resolve(BrokerShape.JOURNAL))) {
                LOG.info("the broker's journal in {} is new: what waits is published from the record", folder);
            }
            server.start();
            if (!server.getActiveMQServer().isActive()) {
                throw new IllegalStateException("the broker did not become active");
            }
            for (PartyCode party : parties) {
                queueFor(party);
            }
            running = true;
        } catch (Exception e) {
            stopQuietly();
            throw new BrokerUnreadable(folder, e);
        } finally {
            switching.unlock();
        }
    }

    /** Everything that is connected is cut off, as if the broker had died; what is committed stays on disk. */
    public void stop() {
        switching.lock();
        try {
            running = false;
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not stop", e);
        } finally {
            switching.unlock();
        }
    }

    private void stopQuietly() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("a broker that did not start does not stop either", e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    public boolean running() {
        return running && server.getActiveMQServer().isActive();
    }

    /** For those who look at the broker itself: health, metrics. */
    public EmbeddedActiveMQ server() {
        return server;
    }

    /** Connections from within this process. They break when the broker stops; who uses them connects again. */
    public ConnectionFactory connectionFactory() {
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://" + access.serverId());
        connections.setUser(access.user());
        connections.setPassword(access.password());
        connections.setConsumerWindowSize(FETCHED_AHEAD_BYTES);
        connections.setReconnectAttempts(0);
        connections.setInitialConnectAttempts(1);
        return connections;
    }

    /** Makes sure that this party has a queue. */
    public void queueFor(PartyCode party) throws Exception {
        String name = DELIVERIES + party.value();
        server.getActiveMQServer()
                .createQueue(
                        QueueConfiguration.of(name)
                                .setAddress(name)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true)
                                .setAutoCreateAddress(true),
                        true);
    }

    /** The ids of all deliveries that the broker holds: queued, paged, or in a consumer's hands. */
    public void forEachId(Consumer<UUID> each) {
        ActiveMQServer broker = server.getActiveMQServer();
        for (SimpleString name : Set.copyOf(broker.getPostOffice().getAddresses())) {
            if (name.toString().startsWith(DELIVERIES)) {
                Queue queue = broker.locateQueue(name);
                if (queue != null) {
                    forEachId(queue, each);
                }
            }
        }
    }

    private static void forEachId(Queue queue, Consumer<UUID> each) {
        queue.flushExecutor();
        // Looked at twice, so that what goes from hand to queue and from queue to hand meanwhile is seen at least once.
        inHand(queue, each);
        try (LinkedListIterator<MessageReference> queued = queue.browserIterator()) {
            while (queued.hasNext()) {
                tell(queued.next(), each);
            }
        }
        inHand(queue, each);
    }

    private static void inHand(Queue queue, Consumer<UUID> each) {
        queue.getDeliveringMessages().values().forEach(messages -> messages.forEach(message -> tell(message, each)));
    }

    private static void tell(MessageReference reference, Consumer<UUID> each) {
        String id = reference.getMessage().getStringProperty(Message.HDR_DUPLICATE_DETECTION_ID);
        if (id != null) {
            each.accept(UUID.fromString(id));
        }
    }

    /**
     * Lets a delivery id be published once more: one that is in no queue, or that leaves its queue now and may come
     * again later. Otherwise it would be refused as a double.
     */
    public void admitAgain(PartyCode party, UUID deliveryId) {
        try {
            server.getActiveMQServer()
                    .getPostOffice()
                    .getDuplicateIDCache(SimpleString.of(DELIVERIES + party.value()))
                    .deleteFromCache(SimpleString.of(deliveryId.toString()).getData());
        } catch (Exception e) {
            throw new IllegalStateException("the broker keeps a delivery id among those that it refuses", e);
        }
    }
}
