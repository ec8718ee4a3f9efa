package io.chapar.app.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.core.server.transformer.Transformer;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessageBrokerAccessor;
import org.apache.activemq.artemis.protocol.amqp.converter.AmqpCoreConverter;
import org.apache.activemq.artemis.protocol.amqp.converter.coreWrapper.ConversionException;

/**
 * What a party writes and is large lies in a file of the broker from its first byte. Handed to the gateway as it is, the
 * broker would convert it in memory, as a whole and several times over. So a divert turns it into a large message of the
 * broker's own protocol, which is read as a stream: the file stays as it is, and a property says where in it the body begins.
 */
final class LargeWritten implements Transformer {

    static final SimpleString BODY_AT = SimpleString.of(Incoming.BODY_AT);

    /** By which the divert knows it; what comes out has it no more, or would be diverted for ever. */
    static final String MARK = "chaparLarge";

    private final ActiveMQServer broker;

    /** The divert hands over a copy, which has lost what the broker wrote onto the message; by the original's number. */
    private final Map<Long, SimpleString> certificates = new ConcurrentHashMap<>();

    LargeWritten(ActiveMQServer broker) {
        this.broker = broker;
    }

    /** Marks it for the divert. Whoever calls this calls {@link #done} when the message was sent, or could not be. */
    void turn(AMQPLargeMessage message, SimpleString certificate) {
        message.setBrokerProperty(SimpleString.of(MARK), 1);
        certificates.put(message.getMessageID(), certificate);
    }

    void done(Message message) {
        certificates.remove(message.getMessageID());
    }

    /**
     * Fails where the gateway could not read what stands beside the body, or where there is none.
     *
     * @throws IllegalStateException when it cannot be turned
     */
    static void check(AMQPLargeMessage message) {
        if (AMQPMessageBrokerAccessor.getRemainingBodyPosition(message) < 0) {
            throw new IllegalStateException("a large message without a body");
        }
        facts(message);
    }

    @Override
    public Message transform(Message copy) {
        AMQPLargeMessage large = (AMQPLargeMessage) copy;
        SimpleString certificate = large.getBrokerProperty(Message.HDR_ORIG_MESSAGE_ID) instanceof Long original
                ? certificates.get(original)
                : null;
        if (certificate == null
                || !(large.getBrokerProperty(Message.HDR_ORIGINAL_ADDRESS) instanceof SimpleString in)) {
            throw new IllegalStateException("a large message that did not pass the broker's door");
        }
        try {
            return turned(large, in, certificate);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "a large message cannot be kept: " + e.getClass().getSimpleName(), e);
        }
    }

    private Message turned(AMQPLargeMessage large, SimpleString in, SimpleString certificate) throws Exception {
        ICoreMessage facts = facts(large);
        facts.setType(Message.BYTES_TYPE);
        // Under the same number its file is the copy's.
        LargeServerMessage kept = broker.getStorageManager().createCoreLargeMessage(large.getMessageID(), facts);
        Message message = kept.toMessage();
        for (SimpleString of : new SimpleString[] {
            Message.HDR_ORIGINAL_QUEUE,
            Message.HDR_ORIGINAL_ADDRESS,
            Message.HDR_ORIG_MESSAGE_ID,
            Message.HDR_ORIG_ROUTING_TYPE
        }) {
            message.removeProperty(of);
        }
        message.setAddress(in);
        message.setRoutingType(RoutingType.ANYCAST);
        message.setDurable(true);
        message.putStringProperty(SimpleString.of(Incoming.CERTIFICATE), certificate);
        message.putIntProperty(BODY_AT, AMQPMessageBrokerAccessor.getRemainingBodyPosition(large));
        message.putLongProperty(Message.HDR_LARGE_BODY_SIZE, large.getWholeMessageSize());
        return message;
    }

    /** As the broker converts it, without the body. */
    private static ICoreMessage facts(AMQPLargeMessage large) {
        try {
            return AmqpCoreConverter.toCore(
                    large,
                    null,
                    AMQPMessageBrokerAccessor.getCurrentHeader(large),
                    AMQPMessageBrokerAccessor.getDecodedMessageAnnotations(large),
                    AMQPMessageBrokerAccessor.getCurrentProperties(large),
                    AMQPMessageBrokerAccessor.getDecodedApplicationProperties(large),
                    null,
                    null);
        } catch (ConversionException e) {
            throw new IllegalStateException("what stands beside the body of a large message cannot be read", e);
        }
    }
}
