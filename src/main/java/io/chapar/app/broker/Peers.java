package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what one party can hold of the broker, by mistake or on purpose: its connections here, and what goes on in each of
 * them in {@link Peer}.
 */
final class Peers implements ActiveMQServerConnectionPlugin {

    static final int MOST_CONNECTIONS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final long TO_BE_TOLD_SECONDS = 10;

    private final BrokerAccess access;
    private final Incoming incoming;
    private final Map<RemotingConnection, PartyCode> met = Collections.synchronizedMap(new WeakHashMap<>());
    private final ReentrantLock meeting = new ReentrantLock();
    private volatile @Nullable ActiveMQServer server;

    Peers(BrokerAccess access, Incoming incoming) {
        this.access = access;
        this.incoming = incoming;
    }

    @Override
    public void registered(ActiveMQServer broker) {
        server = broker;
    }

    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        if (!(connection instanceof ActiveMQProtonRemotingConnection amqp)) {
            return;
        }
        Optional<PartyCode> party = access.party(connection);
        boolean welcome = party.isEmpty() || meets(connection, party.get());
        Peer peer =
                new Peer(amqp.getAmqpConnection(), incoming.largest(), welcome, () -> incoming.cutShort(connection));
        amqp.getAmqpConnection().addEventHandler(peer);
        if (!welcome) {
            LOG.warn("{} has {} connections to its queues, and one more is closed", party.get(), MOST_CONNECTIONS);
            closeUntold(connection);
        }
    }

    /** Whether it is not one too many. Who is unknown is refused when it says who it is. */
    private boolean meets(RemotingConnection connection, PartyCode party) {
        meeting.lock();
        try {
            long held;
            synchronized (met) {
                held = met.entrySet().stream()
                        .filter(each -> each.getValue().equals(party))
                        .filter(each -> each.getKey().getTransportConnection().isOpen())
                        .count();
            }
            if (held >= MOST_CONNECTIONS) {
                return false;
            }
            met.put(connection, party);
            return true;
        } finally {
            meeting.unlock();
        }
    }

    /** It is told why as soon as it opens; if it never does, it keeps no place. */
    private void closeUntold(RemotingConnection connection) {
        ActiveMQServer broker = server;
        if (broker != null) {
            ScheduledFuture<?> unused = broker.getScheduledPool()
                    .schedule(
                            () -> {
                                broker.getRemotingService().removeConnection(connection.getID());
                                connection.fail(new ActiveMQException("one connection too many"));
                            },
                            TO_BE_TOLD_SECONDS,
                            TimeUnit.SECONDS);
        }
    }
}
