package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
 * them in {@link Peer}. All who are no party here are one.
 */
final class Peers implements ActiveMQServerConnectionPlugin {

    static final int MOST_CONNECTIONS = 16;

    /** Of a party's connections that are too many, so many are told why at a time; a further one is cut off unheard. */
    static final int TOLD = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final long TO_BE_TOLD_SECONDS = 10;

    private final BrokerAccess access;
    private final Incoming incoming;
    private final Map<RemotingConnection, Met> met = new WeakHashMap<>();
    private volatile @Nullable ActiveMQServer server;

    /**
     * As what a connection was let in.
     *
     * @param party empty for all who are none
     * @param welcome false when it is one too many and stays only to be told so
     */
    private record Met(Optional<PartyCode> party, boolean welcome) {}

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
        boolean welcome = meets(connection, new Met(party, true), MOST_CONNECTIONS);
        if (!welcome && (party.isEmpty() || !meets(connection, new Met(party, false), TOLD))) {
            // Later on the same thread, since the broker takes it into its books only after this call.
            amqp.getAmqpConnection().runLater(connection::close);
            return;
        }
        Peer peer =
                new Peer(amqp.getAmqpConnection(), incoming.largest(), welcome, () -> incoming.cutShort(connection));
        amqp.getAmqpConnection().addEventHandler(peer);
        if (!welcome) {
            LOG.warn(
                    "{} has {} connections to its queues, and one more is closed",
                    party.orElseThrow(),
                    MOST_CONNECTIONS);
            closeUntold(connection);
        }
    }

    /** Whether it is not one too many of its kind. */
    private boolean meets(RemotingConnection connection, Met as, int most) {
        synchronized (met) {
            long held = met.entrySet().stream()
                    .filter(each -> each.getValue().equals(as))
                    .filter(each -> each.getKey().getTransportConnection().isOpen())
                    .count();
            if (held >= most) {
                return false;
            }
            met.put(connection, as);
            return true;
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
