package io.chapar.app.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/** Where the broker listens: always over TLS, and nobody comes in without a certificate. */
final class TlsAcceptor {

    private static final int HANDSHAKE_SECONDS = 10;

    private TlsAcceptor() {}

    /** The settings of an acceptor of this name, to which its caller may add. */
    static Map<String, Object> transport(
            String name, BrokerAccess access, String host, int port, String protocol, Supplier<SSLContext> tls) {
        String context = name + "-" + access.serverId();
        AcceptorTls.offer(context, tls);
        Map<String, Object> transport = new HashMap<>();
        transport.put(TransportConstants.HOST_PROP_NAME, host);
        transport.put(TransportConstants.PORT_PROP_NAME, port);
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, protocol);
        transport.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        transport.put(TransportConstants.SSL_CONTEXT_PROP_NAME, context);
        transport.put(TransportConstants.SSL_HANDSHAKE_TIMEOUT, HANDSHAKE_SECONDS);
        transport.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        return transport;
    }

    /** Where it listens; 0 while it does not. */
    static int port(ActiveMQServer server, String name) {
        return server.getRemotingService() != null
                        && server.getRemotingService().getAcceptor(name) instanceof NettyAcceptor acceptor
                        && acceptor.isStarted()
                ? acceptor.getActualPort()
                : 0;
    }
}
