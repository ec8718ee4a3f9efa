package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
public final class EmbeddedBroker implements Broker {

    /** A party's deliveries are in the queue of this name and its code. */
    public static final String DELIVERIES = "chapar.deliver.";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** Small: what one consumer has fetched, another one cannot take. */
    private static final int FETCHED_AHEAD_BYTES = 0;

    private static final String NO_ROOM = "No space left on device for a file of the broker's journal";

    private final Path folder;
    private final long journalFile;
    private final BrokerAccess access;
    private final Optional<AmqpAccess> amqp;
    private final Optional<NodeAccess> nodes;
    private final EmbeddedActiveMQ server;
    private final List<PartyCode> parties;
    private final ReentrantLock switching = new ReentrantLock();
    private volatile boolean running;

    /** Reached by nobody from outside. */
    public EmbeddedBroker(BrokerSettings settings, Path folder, Collection<PartyCode> parties) {
        this(settings, folder, parties, Optional.empty(), Optional.empty());
    }

    /**
     * @param folder of journal and paging files; made when it is missing
     * @param amqp how parties reach it; empty when they do not
     */
    public EmbeddedBroker(
            BrokerSettings settings, Path folder, Collection<PartyCode> parties, Optional<AmqpAccess> amqp) {
        this(settings, folder, parties, amqp, Optional.empty());
    }

    /**
     * One of a pair, where there are nodes: its start returns when it holds the lock of the journal, however long another
     * process holds it.
     *
     * @param folder of the journal, the same for both
     * @param nodes how gateways reach it, when it is a process of its own
     */
    public EmbeddedBroker(
            BrokerSettings settings,
            Path folder,
            Collection<PartyCode> parties,
            Optional<AmqpAccess> amqp,
            Optional<NodeAccess> nodes) {
        this.folder = folder.toAbsolutePath();
        this.journalFile = settings.journalFile().toBytes();
        this.parties = List.copyOf(parties);
        this.amqp = amqp;
        this.nodes = nodes;
        this.access = new BrokerAccess(amqp, nodes);
        this.server = new EmbeddedActiveMQ()
                .setConfiguration(BrokerShape.of(settings, this.folder, access, amqp, nodes))
                .setSecurityManager(access)
                .setMbeanServer(ManagementFactory.getPlatformMBeanServer());
    }

    /**
     * @throws BrokerUnreadable when the journal cannot be used
     * @throws UncheckedIOException when there is no room for it
     */
    public void start() {
        load();
        listen();
    }

    /**
     * Reads the journal and serves this process, and nobody else yet.
     *
     * @throws BrokerUnreadable when the journal cannot be used
     * @throws UncheckedIOException when there is no room for it
     */
    public void load() {
        switching.lock();
        try {
            if (running) {
                return;
            }
            if (Files.notExists(folder.resolve(BrokerShape.JOURNAL))) {
                LOG.info("the broker's journal in {} is new: what waits is published from the record", folder);
            }
            BrokerLog.install();
            server.start();
            if (!server.getActiveMQServer().isActive()) {
                throw new IllegalStateException("the broker did not become active");
            }
            for (PartyCode party : parties) {
                queue(DELIVERIES + party.value());
            }
            for (PartyCode owner : owners()) {
                // Before the queue that a party writes: what is diverted must find its queue.
                written(PartyQueues.acknowledgements(owner));
                written(PartyQueues.in(owner));
                queue(PartyQueues.out(owner));
            }
            running = true;
        } catch (Exception e) {
            stopQuietly();
            throw full() ? new UncheckedIOException(new IOException(NO_ROOM, e)) : new BrokerUnreadable(folder, e);
        } finally {
            switching.unlock();
        }
        if (nodes.isPresent() && nodesPort() == 0) {
            stopQuietly();
            throw new IllegalStateException(
                    "chapar.broker.nodes-port: " + nodes.get().host() + ":"
                            + nodes.get().port() + " cannot be listened on; free it, or name another one");
        }
    }

    /** The broker does not say why it did not start. */
    private boolean full() {
        try {
            return Files.getFileStore(folder).getUsableSpace() < journalFile;
        } catch (IOException e) {
            LOG.warn("how much room there is for the broker cannot be told", e);
            return false;
        }
    }

    /** Lets parties in, where they may come in. */
    public void listen() {
        amqp.filter(outside -> amqpPort() == 0).ifPresent(this::mustListen);
    }

    private void mustListen(AmqpAccess outside) {
        try {
            AmqpShape.listen(server.getActiveMQServer());
        } catch (Exception e) {
            stopQuietly();
            throw new IllegalStateException(
                    "chapar.broker.amqp-port: " + outside.host() + ":" + outside.port()
                            + " cannot be listened on; free it, or name another one",
                    e);
        }
        new KnownConnections(server.getActiveMQServer(), access).watch();
        LOG.info("AMQP is served on port {}", amqpPort());
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

    @Override
    public boolean running() {
        return running && server.getActiveMQServer().isActive();
    }

    /** For those who look at the broker itself: health, metrics. */
    public EmbeddedActiveMQ server() {
        return server;
    }

    /** From within this process. */
    @Override
    public ConnectionFactory connectionFactory() {
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://" + access.serverId());
        connections.setUser(access.user());
        connections.setPassword(access.password());
        connections.setConsumerWindowSize(FETCHED_AHEAD_BYTES);
        connections.setReconnectAttempts(0);
        connections.setInitialConnectAttempts(1);
        return connections;
    }

    @Override
    public Set<PartyCode> owners() {
        return amqp.map(AmqpAccess::owners).orElse(Set.of());
    }

    /** Where parties connect; there only while it runs, and where they may. */
    public int amqpPort() {
        return AmqpShape.port(server.getActiveMQServer());
    }

    /** Where nodes connect; there only while it runs, and where they may. */
    public int nodesPort() {
        return NodeShape.port(server.getActiveMQServer());
    }

    @Override
    public boolean hasToRead(PartyCode owner) {
        return owners().contains(owner);
    }

    @Override
    public long toRead(PartyCode owner) {
        Queue queue = server.getActiveMQServer().locateQueue(PartyQueues.out(owner));
        return queue == null ? 0 : queue.getMessageCount();
    }

    @Override
    public long bytesToRead(PartyCode owner) {
        Queue queue = server.getActiveMQServer().locateQueue(PartyQueues.out(owner));
        return queue == null || queue.getMessageCount() == 0 ? 0 : queue.getPersistentSize();
    }

    @Override
    public void forEachToRead(PartyCode owner, Consumer<UUID> each) {
        Queue queue = server.getActiveMQServer().locateQueue(PartyQueues.out(owner));
        if (queue != null) {
            forEachId(queue, SimpleString.of(PartyQueues.DELIVERY_ID), each);
        }
    }

    @Override
    public boolean queueFor(PartyCode party) {
        try {
            queue(DELIVERIES + party.value());
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("the broker makes no queue for " + party, e);
        }
    }

    private void queue(String name) throws Exception {
        server.getActiveMQServer().createQueue(durable(name), true);
    }

    /** One node at a time takes what a party wrote, because the party expects its own order. */
    private void written(String name) throws Exception {
        server.getActiveMQServer().createQueue(durable(name).setExclusive(nodes.isPresent()), true);
    }

    private static QueueConfiguration durable(String name) {
        return QueueConfiguration.of(name)
                .setAddress(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoCreateAddress(true);
    }

    @Override
    public void forEachId(Consumer<UUID> each) {
        ActiveMQServer broker = server.getActiveMQServer();
        for (SimpleString name : Set.copyOf(broker.getPostOffice().getAddresses())) {
            if (name.toString().startsWith(DELIVERIES)) {
                Queue queue = broker.locateQueue(name);
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

    @Override
    public boolean refusesDoubles() {
        return true;
    }

    @Override
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
