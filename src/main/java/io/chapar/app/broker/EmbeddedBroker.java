package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import jakarta.jms.ConnectionFactory;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The broker inside the gateway: a journal on disk, a durable queue of deliveries for each party, reached from within
 * this process only, by one user whose password lives as long as the process.
 */
public final class EmbeddedBroker implements Broker {

    /** A party's deliveries are in the queue of this name and its code. */
    public static final String DELIVERIES = "chapar.deliver.";

    /** Small: what one consumer has fetched, another one cannot take. */
    private static final int FETCHED_AHEAD_BYTES = 0;

    private final BrokerAccess access;
    private final Optional<AmqpAccess> amqp;
    private final Supplier<BrokerLife> another;
    private final boolean comesBack;
    private final List<PartyCode> parties;
    private final ReentrantLock switching = new ReentrantLock();
    private volatile BrokerLife life;
    private volatile boolean running;
    private boolean letsPartiesIn;
    private @Nullable BrokerWatch watch;

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
        this.access = new BrokerAccess(amqp, nodes);
        this.amqp = amqp;
        this.parties = List.copyOf(parties);
        this.comesBack = nodes.isEmpty();
        this.another = () -> new BrokerLife(settings, folder.toAbsolutePath(), access, amqp, nodes);
        this.life = another.get();
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
     * Reads the journal and serves this process, and nobody else yet. From then on it is started again when it stops itself,
     * but not as one of a pair: there the other one is to serve.
     *
     * @throws BrokerUnreadable when the journal cannot be used
     * @throws UncheckedIOException when there is no room for it
     */
    public void load() {
        switching.lock();
        try {
            if (!running) {
                BrokerLife next = another.get();
                next.start(parties);
                life = next;
                running = true;
                if (comesBack) {
                    watch = new BrokerWatch(() -> life.stoppedItself(), this::startAgain);
                }
            }
        } finally {
            switching.unlock();
        }
    }

    private void startAgain() {
        switching.lock();
        try {
            if (running && life.stoppedItself()) {
                BrokerLife next = another.get();
                next.start(parties);
                if (letsPartiesIn) {
                    next.letPartiesIn();
                }
                life = next;
            }
        } finally {
            switching.unlock();
        }
    }

    /** Lets parties in, where they may come in. */
    public void listen() {
        switching.lock();
        try {
            life.letPartiesIn();
            letsPartiesIn = true;
        } finally {
            switching.unlock();
        }
    }

    /** Everything that is connected is cut off, as if the broker had died; what is committed stays on disk. */
    public void stop() {
        switching.lock();
        try {
            running = false;
            letsPartiesIn = false;
            if (watch != null) {
                watch.close();
            }
            life.stop();
        } finally {
            switching.unlock();
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean running() {
        return running && life.server().isActive();
    }

    /** For those who look at the broker itself; another one after each start. */
    public ActiveMQServer server() {
        return life.server();
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
        return AmqpShape.port(server());
    }

    /** Where nodes connect; there only while it runs, and where they may. */
    public int nodesPort() {
        return NodeShape.port(server());
    }

    @Override
    public boolean hasToRead(PartyCode owner) {
        return owners().contains(owner);
    }

    @Override
    public long toRead(PartyCode owner) {
        return life.queues().messages(PartyQueues.out(owner));
    }

    @Override
    public long bytesToRead(PartyCode owner) {
        return life.queues().bytes(PartyQueues.out(owner));
    }

    @Override
    public void forEachToRead(PartyCode owner, Consumer<UUID> each) {
        life.queues().forEachId(PartyQueues.out(owner), each);
    }

    @Override
    public boolean queueFor(PartyCode party) {
        try {
            life.queues().make(DELIVERIES + party.value());
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("the broker makes no queue for " + party, e);
        }
    }

    @Override
    public void forEachId(Consumer<UUID> each) {
        life.queues().forEachIdBelow(DELIVERIES, each);
    }

    @Override
    public boolean refusesDoubles() {
        return true;
    }

    @Override
    public void admitAgain(PartyCode party, UUID deliveryId) {
        life.queues().admitAgain(DELIVERIES + party.value(), deliveryId);
    }
}
