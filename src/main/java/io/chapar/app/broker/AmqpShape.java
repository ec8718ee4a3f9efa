package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ComponentConfigurationRoutingType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/** What the broker is besides, when parties reach it over AMQP. */
final class AmqpShape {

    private static final String ACCEPTOR = "amqp";
    private static final int MOST_CONNECTIONS = 1_000;

    /** How many messages a link may write ahead of the broker's answers. */
    private static final int MOST_CREDIT = 100;

    private static final int LEAST_CREDIT = 30;

    /** Empty, because without any the address of the settings for all queues would count. */
    private static final SimpleString NOWHERE = SimpleString.of("");

    /**
     * When the last byte of a large message has come, Artemis looks for delivery annotations, and reads the whole file into
     * memory for that, even where there are none ({@code AMQPMessage.getDeliveryAnnotations}). It does so in a thread of the
     * acceptor: with one thread that is one message at a time, however many come.
     */
    private static final int ONE_THREAD = 1;

    private AmqpShape() {}

    static void add(Configuration configuration, AmqpAccess amqp, BrokerAccess access) {
        Map<String, Object> transport =
                TlsAcceptor.transport(ACCEPTOR, access, amqp.host(), amqp.port(), "AMQP", amqp.tls());
        transport.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, String.join(",", amqp.protocols()));
        transport.put(TransportConstants.CONNECTIONS_ALLOWED, MOST_CONNECTIONS);
        transport.put(TransportConstants.REMOTING_THREADS_PROPNAME, ONE_THREAD);
        // Parties come in when everything behind it is ready.
        transport.put(TransportConstants.AUTO_START, false);
        Map<String, Object> protocol = new HashMap<>();
        protocol.put("saslMechanisms", "EXTERNAL");
        // A repeat must reach the gateway, which answers it with the same receipt; the broker would swallow it.
        protocol.put("amqpDuplicateDetection", "false");
        protocol.put("amqpCredits", MOST_CREDIT);
        protocol.put("amqpLowCredits", LEAST_CREDIT);
        amqp.owners()
                .forEach(owner -> configuration
                        .addDivertConfiguration(acknowledgements(owner))
                        .addDivertConfiguration(largeOnes(owner)));
        configuration
                .addAcceptorConfiguration(
                        new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR, protocol))
                .addAddressSetting(PartyQueues.IN + "#", written(amqp))
                .addAddressSetting(PartyQueues.ACKNOWLEDGEMENTS + "#", written(amqp))
                .addAddressSetting(
                        PartyQueues.OUT + "#",
                        new AddressSettings()
                                // A node asks for all that lie there: one that is not listed would be put there again.
                                .setManagementBrowsePageSize(Integer.MAX_VALUE)
                                // What a reader rejects is gone from the queue; the record puts deliveries again.
                                .setDeadLetterAddress(NOWHERE)
                                .setAutoCreateDeadLetterResources(false));
        Incoming incoming = new Incoming(access, amqp);
        configuration.registerBrokerPlugin(incoming);
        configuration.registerBrokerPlugin(new Peers(access, incoming));
    }

    /** What a party wrote is taken out by the gateway and by nothing else. */
    private static AddressSettings written(AmqpAccess amqp) {
        return new AddressSettings()
                .setNoExpiry(true)
                .setPageLimitBytes(amqp.mostWrittenBytes())
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
    }

    /** Acknowledgements do not wait behind messages: they are taken from a queue of their own. */
    private static DivertConfiguration acknowledgements(PartyCode owner) {
        return new DivertConfiguration()
                .setName("acknowledgements-of-" + owner.value())
                .setAddress(PartyQueues.in(owner))
                .setForwardingAddress(PartyQueues.acknowledgements(owner))
                .setFilterString("kind = 'acknowledgement'")
                .setRoutingType(ComponentConfigurationRoutingType.ANYCAST)
                .setExclusive(true);
    }

    /** Turned by {@link LargeWritten} on its way, which puts it back into the queue for which it was written, in its place. */
    private static DivertConfiguration largeOnes(PartyCode owner) {
        return new DivertConfiguration()
                .setName(large(owner))
                .setAddress(PartyQueues.in(owner))
                .setForwardingAddress(large(owner))
                .setFilterString(LargeWritten.MARK + " = 1")
                .setRoutingType(ComponentConfigurationRoutingType.ANYCAST)
                .setExclusive(true);
    }

    /** What the divert of this party's large messages is called. */
    static String large(PartyCode owner) {
        return "large-of-" + owner.value();
    }

    static void listen(ActiveMQServer server) throws Exception {
        server.getRemotingService().getAcceptor(ACCEPTOR).start();
    }

    static int port(ActiveMQServer server) {
        return TlsAcceptor.port(server, ACCEPTOR);
    }
}
