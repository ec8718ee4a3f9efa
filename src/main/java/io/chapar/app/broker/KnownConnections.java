package io.chapar.app.broker;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections of those who are not known any more. The broker asks who somebody is at each message that is
 * written and each new link; a link that reads is not asked again, and would go on after its certificate was revoked.
 */
final class KnownConnections implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KnownConnections.class);
    private static final long SECONDS = 10;

    private final ActiveMQServer server;
    private final BrokerAccess access;

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
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            if (!(connection.getTransportConnection() instanceof InVMConnection)) {
                look(connection);
            }
        }
    }

    private void look(RemotingConnection connection) {
        try {
            if (!access.stillKnown(connection)) {
                server.getRemotingService().removeConnection(connection.getID());
                connection.fail(new ActiveMQSecurityException("the certificate is not this party's any more"));
            }
        } catch (RuntimeException e) {
            // Thrown on, it would end the watch for all.
            LOG.warn("a connection could not be looked at, and is looked at again", e);
        }
    }
}
