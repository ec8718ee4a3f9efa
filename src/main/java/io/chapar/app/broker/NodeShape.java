package io.chapar.app.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/** What the broker is besides, when it is one of a pair outside the gateways: both have one journal, whose lock one holds. */
final class NodeShape {

    private static final String ACCEPTOR = "nodes";
    private static final int HANDSHAKE_SECONDS = 10;

    private NodeShape() {}

    static void add(Configuration configuration, NodeAccess nodes, BrokerAccess access) {
        String tls = ACCEPTOR + "-" + access.serverId();
        AcceptorTls.offer(tls, nodes.tls());
        Map<String, Object> transport = new HashMap<>();
        transport.put(TransportConstants.HOST_PROP_NAME, nodes.host());
        transport.put(TransportConstants.PORT_PROP_NAME, nodes.port());
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
        transport.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        transport.put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls);
        transport.put(TransportConstants.SSL_HANDSHAKE_TIMEOUT, HANDSHAKE_SECONDS);
        transport.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        configuration
                .addAcceptorConfiguration(
                        new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR))
                // Neither is the other's backup: who has the lock of the journal serves, the other waits for it.
                .setHAPolicyConfiguration(new SharedStorePrimaryPolicyConfiguration().setFailoverOnServerShutdown(true))
                .putSecurityRoles(configuration.getManagementAddress().toString(), Set.of(asking()))
                .putSecurityRoles("activemq.management.#", Set.of(asking()))
                .putSecurityRoles("#", Set.of(using()));
    }

    /** Nodes ask how many lie in a queue, and need a place for the answer. */
    private static Role using() {
        boolean yes = true;
        boolean no = false;
        return new Role(BrokerAccess.GATEWAY, yes, yes, no, no, yes, yes, no, yes, yes, yes, no, no);
    }

    private static Role asking() {
        boolean yes = true;
        boolean no = false;
        return new Role(BrokerAccess.GATEWAY, yes, yes, no, no, yes, yes, yes, yes, yes, yes, no, no);
    }

    static int port(ActiveMQServer server) {
        return server.getRemotingService() != null
                        && server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
                        && acceptor.isStarted()
                ? acceptor.getActualPort()
                : 0;
    }
}
