package io.chapar.app.broker;

import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/** What the broker is besides, when parties reach it over AMQP. */
final class AmqpShape {

    private static final String ACCEPTOR = "amqp";
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int HANDSHAKE_SECONDS = 10;

    /** Of what one party has written and the gateway has not taken; then the party is told that its queue is full. */
    private static final long MOST_WRITTEN_BYTES = 1L << 30;

    /** Empty, because without any the address of the settings for all queues would count. */
    private static final SimpleString NOWHERE = SimpleString.of("");

    private AmqpShape() {}

    static void add(Configuration configuration, AmqpAccess amqp, BrokerAccess access) {
        String tls = ACCEPTOR + "-" + access.serverId();
        AcceptorTls.offer(tls, amqp.tls());
        Map<String, Object> transport = new HashMap<>();
        transport.put(TransportConstants.HOST_PROP_NAME, amqp.host());
        transport.put(TransportConstants.PORT_PROP_NAME, amqp.port());
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "AMQP");
        transport.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        transport.put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls);
        transport.put(TransportConstants.SSL_HANDSHAKE_TIMEOUT, HANDSHAKE_SECONDS);
        transport.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        transport.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, String.join(",", amqp.protocols()));
        transport.put(TransportConstants.CONNECTIONS_ALLOWED, MOST_CONNECTIONS);
        Map<String, Object> protocol = new HashMap<>();
        protocol.put("saslMechanisms", "EXTERNAL");
        // A repeat must reach the gateway, which answers it with the same receipt; the broker would swallow it.
        protocol.put("amqpDuplicateDetection", "false");
        configuration
                .addAcceptorConfiguration(
                        new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR, protocol))
                .addAddressSetting(
                        PartyQueues.IN + "#",
                        new AddressSettings()
                                // What a party wrote is taken out by the gateway and by nothing else.
                                .setNoExpiry(true)
                                .setPageLimitBytes(MOST_WRITTEN_BYTES)
                                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL))
                .addAddressSetting(
                        PartyQueues.OUT + "#",
                        new AddressSettings()
                                // What a reader rejects is gone from the queue; the record puts deliveries again.
                                .setDeadLetterAddress(NOWHERE)
                                .setAutoCreateDeadLetterResources(false));
        configuration.registerBrokerPlugin(new Incoming(access, amqp.maximumBytes()));
    }

    static int port(ActiveMQServer server) {
        return server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
                        && acceptor.isStarted()
                ? acceptor.getActualPort()
                : 0;
    }
}
