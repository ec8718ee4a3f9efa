package io.chapar.app.broker;

import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/** What the broker is besides, when it is one of a pair outside the gateways: both have one journal, whose lock one holds. */
final class NodeShape {

    private static final String ACCEPTOR = "nodes";

    private NodeShape() {}

    static void add(Configuration configuration, NodeAccess nodes, BrokerAccess access) {
        Map<String, Object> transport =
                TlsAcceptor.transport(ACCEPTOR, access, nodes.host(), nodes.port(), "CORE", nodes.tls());
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
        return TlsAcceptor.port(server, ACCEPTOR);
    }
}
