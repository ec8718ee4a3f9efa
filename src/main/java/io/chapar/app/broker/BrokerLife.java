package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artemis from one start to its end. Another start makes another one: a server whose journal failed once takes no notice when
 * it fails again.
 */
final class BrokerLife {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLife.class);
    private static final String NO_ROOM = "No space left on device for a file of the broker's journal";

    private final BrokerSettings settings;
    private final Path folder;
    private final BrokerAccess access;
    private final Optional<AmqpAccess> amqp;
    private final Optional<NodeAccess> nodes;
    private final ActiveMQServer server;
    private volatile boolean stoppedItself;

    BrokerLife(
            BrokerSettings settings,
            Path folder,
            BrokerAccess access,
            Optional<AmqpAccess> amqp,
            Optional<NodeAccess> nodes) {
        this.settings = settings;
        this.folder = folder;
        this.access = access;
        this.amqp = amqp;
        this.nodes = nodes;
        this.server = ActiveMQServers.newActiveMQServer(
                BrokerShape.of(settings, folder, access, amqp, nodes),
                ManagementFactory.getPlatformMBeanServer(),
                access);
        this.server.registerActivateCallback(new ActivateCallback() {
            /** The last thing that it does, unless it was told to stop. */
            @Override
            public void stop(ActiveMQServer stopped) {
                stoppedItself = true;
            }
        });
    }

    /**
     * Reads the journal, and makes the queues.
     *
     * @throws BrokerUnreadable when the journal cannot be used
     * @throws UncheckedIOException when there is no room for it
     */
    void start(Collection<PartyCode> parties) {
        try {
            if (Files.notExists(folder.resolve(BrokerShape.JOURNAL))) {
                LOG.info("the broker's journal in {} is new: what waits is published from the record", folder);
            }
            BrokerLog.install();
            server.start();
            if (!server.isActive()) {
                throw new IllegalStateException("the broker did not become active");
            }
            makeQueues(parties);
        } catch (Exception e) {
            stopQuietly();
            throw full() ? new UncheckedIOException(new IOException(NO_ROOM, e)) : new BrokerUnreadable(folder, e);
        }
        if (nodes.isPresent() && NodeShape.port(server) == 0) {
            stopQuietly();
            throw new IllegalStateException(
                    "chapar.broker.nodes-port: " + nodes.get().host() + ":"
                            + nodes.get().port() + " cannot be listened on; free it, or name another one");
        }
    }

    private void makeQueues(Collection<PartyCode> parties) throws Exception {
        EmbeddedQueues queues = queues();
        for (PartyCode party : parties) {
            queues.make(EmbeddedBroker.DELIVERIES + party.value());
        }
        if (amqp.isPresent()) {
            // One node at a time takes what a party wrote, because the party expects its own order.
            boolean exclusive = nodes.isPresent();
            for (PartyCode owner : amqp.get().owners()) {
                // Before the queue that a party writes: what is diverted must find its queue.
                queues.make(PartyQueues.acknowledgements(owner), exclusive);
                queues.make(PartyQueues.in(owner), exclusive);
                queues.make(PartyQueues.out(owner));
            }
        }
    }

    /** The broker does not say why it did not start. */
    private boolean full() {
        try {
            return Files.getFileStore(folder).getUsableSpace()
                    < settings.journalFile().toBytes();
        } catch (IOException e) {
            LOG.warn("how much room there is for the broker cannot be told", e);
            return false;
        }
    }

    /** Where they may come in, and do not yet. */
    void letPartiesIn() {
        amqp.filter(outside -> AmqpShape.port(server) == 0).ifPresent(this::mustListen);
    }

    private void mustListen(AmqpAccess outside) {
        try {
            AmqpShape.listen(server);
        } catch (Exception e) {
            stopQuietly();
            throw new IllegalStateException(
                    "chapar.broker.amqp-port: " + outside.host() + ":" + outside.port()
                            + " cannot be listened on; free it, or name another one",
                    e);
        }
        new KnownConnections(server, access).watch();
        LOG.info("AMQP is served on port {}", AmqpShape.port(server));
    }

    private void stopQuietly() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("a broker that did not start does not stop either", e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not stop", e);
        }
    }

    /** Whether it has come to its end without being told to, as Artemis does when it cannot write its journal. */
    boolean stoppedItself() {
        return stoppedItself;
    }

    ActiveMQServer server() {
        return server;
    }

    EmbeddedQueues queues() {
        return new EmbeddedQueues(server);
    }
}
