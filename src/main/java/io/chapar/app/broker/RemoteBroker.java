package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import jakarta.jms.ConnectionFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQObjectClosedException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The pair of brokers outside, which all nodes share: whichever of its processes holds the journal serves. It makes its
 * queues at its start, from its own party directory, which may be older or newer than a node's; what has no queue there is
 * empty.
 */
public final class RemoteBroker implements Broker {

    private static final int FETCHED_AHEAD_BYTES = 0;

    /** Of what is only looked at: otherwise each message would cost a question and an answer. */
    private static final int SEEN_AHEAD_BYTES = 256 << 10;

    private static final int LONGEST_SILENCE_MILLIS = 10_000;
    private static final int LOOK_FOR_LIFE_MILLIS = 3_000;
    private static final int LONGEST_CALL_MILLIS = 15_000;
    private static final String TLS = "shared-broker";

    /** How often in a row the broker must say that a queue has no more. */
    private static final int ENDS = 2;

    private static final boolean LOOK_ONLY = true;

    private final Set<PartyCode> owners;
    private final ActiveMQConnectionFactory connections;
    private final ActiveMQConnectionFactory browsing;
    private final BrokerQuestions questions;
    private final String tls;

    /**
     * @param addresses {@code host:port} of each process of the pair
     * @param tls with the gateway's own certificate
     * @param owners the parties that have queues of their own
     */
    public RemoteBroker(List<String> addresses, Supplier<SSLContext> tls, Set<PartyCode> owners) {
        this.owners = Set.copyOf(owners);
        this.tls = TLS + "-" + UUID.randomUUID();
        AcceptorTls.offer(this.tls, tls);
        this.connections = factory(addresses, FETCHED_AHEAD_BYTES);
        this.browsing = factory(addresses, SEEN_AHEAD_BYTES);
        this.questions = new BrokerQuestions(connections.getServerLocator());
    }

    private ActiveMQConnectionFactory factory(List<String> addresses, int aheadBytes) {
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, addresses.stream().map(this::transport).toArray(TransportConfiguration[]::new));
        factory.setConsumerWindowSize(aheadBytes);
        // Each attempt tries all of them; who uses a connection makes a new one when it breaks.
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setConnectionTTL(LONGEST_SILENCE_MILLIS);
        factory.setClientFailureCheckPeriod(LOOK_FOR_LIFE_MILLIS);
        factory.setCallTimeout(LONGEST_CALL_MILLIS);
        return factory;
    }

    private TransportConfiguration transport(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("chapar.broker.url: host:port was expected in the place of " + address);
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(TransportConstants.HOST_PROP_NAME, address.substring(0, colon));
        settings.put(TransportConstants.PORT_PROP_NAME, Integer.valueOf(address.substring(colon + 1)));
        settings.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        settings.put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls);
        settings.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), settings);
    }

    @Override
    public boolean running() {
        return questions.answered();
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return connections;
    }

    @Override
    public Set<PartyCode> owners() {
        return owners;
    }

    @Override
    public boolean hasToRead(PartyCode owner) {
        return questions.queues().contains(PartyQueues.out(owner));
    }

    @Override
    public long toRead(PartyCode owner) {
        return hasToRead(owner) ? questions.number(PartyQueues.out(owner), "messageCount") : 0;
    }

    @Override
    public long bytesToRead(PartyCode owner) {
        return toRead(owner) == 0 ? 0 : questions.number(PartyQueues.out(owner), "persistentSize");
    }

    @Override
    public void forEachToRead(PartyCode owner, Consumer<UUID> each) {
        if (hasToRead(owner)) {
            questions.listed(PartyQueues.out(owner), "listMessagesAsJSON", "").forEach(each);
            questions
                    .listed(PartyQueues.out(owner), "listDeliveringMessagesAsJSON")
                    .forEach(each);
        }
    }

    /** None is made from here: a queue is there for good, and a node may have an older directory than the others. */
    @Override
    public boolean queueFor(PartyCode party) {
        return questions.queues().contains(EmbeddedBroker.DELIVERIES + party.value());
    }

    /** What is in hands is asked before and after, so that what goes to and fro meanwhile is seen at least once. */
    @Override
    public void forEachId(Consumer<UUID> each) {
        try (ClientSessionFactory sessions = browsing.getServerLocator().createSessionFactory();
                ClientSession session = sessions.createSession()) {
            session.start();
            for (String queue : questions.queues()) {
                if (queue.startsWith(EmbeddedBroker.DELIVERIES)) {
                    questions.listed(queue, "listDeliveringMessagesAsJSON").forEach(each);
                    browse(session, queue, each);
                    questions.listed(queue, "listDeliveringMessagesAsJSON").forEach(each);
                }
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the shared broker cannot be asked what it holds", e);
        }
    }

    /**
     * Not by the browser of JMS: to that, a connection that broke is the end of the queue. Nor is it the end when the broker
     * says once that there is no more: on a busy machine it said so with 395 of 1,000 to come, and gave them to who asked on.
     */
    private static void browse(ClientSession session, String queue, Consumer<UUID> each) throws ActiveMQException {
        try (ClientConsumer browser = session.createConsumer(queue, LOOK_ONLY)) {
            int ends = 0;
            while (ends < ENDS) {
                ClientMessage message = browser.receiveImmediate();
                if (message == null) {
                    ends++;
                    continue;
                }
                ends = 0;
                String id = message.getStringProperty(PartyQueues.DELIVERY_ID);
                if (id != null) {
                    each.accept(UUID.fromString(id));
                }
            }
            if (browser.isClosed()) {
                throw new ActiveMQObjectClosedException("cut off before the end of " + queue);
            }
        }
    }

    /** It does not know ids by which to: several nodes publish, and the record stops what comes twice. */
    @Override
    public boolean refusesDoubles() {
        return false;
    }

    @Override
    public void admitAgain(PartyCode party, UUID deliveryId) {
        // It refuses none.
    }

    @Override
    public void close() {
        questions.close();
        browsing.close();
        connections.close();
        AcceptorTls.withdraw(tls);
    }
}
