package io.chapar.app.broker;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections of those who are not known any more, or not yet. The broker asks who somebody is at each message
 * that is written and each new link; a link that reads is not asked again, and would go on after its certificate was
 * revoked. And it waits without end for who does not say who it is.
 */
final class KnownConnections implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KnownConnections.class);
    private static final long SECONDS = 10;

    private final ActiveMQServer server;
    private final BrokerAccess access;

    /** Those that had not said who they are at the last look; at the next, that was time enough. */
    private Set<Object> silent = Set.of();

    KnownConnections(ActiveMQServer server, BrokerAccess access) {
        this.server = server;
        this.access = access;
    }

    /** Until the broker stops. */
    void watch() {
        ScheduledFuture<?> unused =
                server.getScheduledPool().scheduleWithFixedDelay(this, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        try {
            lookAtAll();
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the watch for ever.
            LOG.warn("connections could not be looked at, and are looked at again", e);
        }
    }

    private void lookAtAll() {
        Set<Object> stillSilent = new HashSet<>();
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            if (!(connection.getTransportConnection() instanceof InVMConnection)) {
                look(connection, stillSilent);
            }
        }
        silent = stillSilent;
    }

    private void look(RemotingConnection connection, Set<Object> stillSilent) {
        try {
            if (!access.isIdentified(connection)) {
                if (silent.contains(connection.getID())) {
                    end(connection, "nobody said who is there");
                } else {
                    stillSilent.add(connection.getID());
                }
            } else if (!access.stillKnown(connection)) {
                end(connection, "the certificate is not this party's any more");
            }
        } catch (RuntimeException | Error e) {
            // Thrown on, it would keep the others from being looked at.
            LOG.warn("a connection could not be looked at, and is looked at again", e);
        }
    }

    private void end(RemotingConnection connection, String why) {
        server.getRemotingService().removeConnection(connection.getID());
        connection.fail(new ActiveMQSecurityException(why));
    }
}
