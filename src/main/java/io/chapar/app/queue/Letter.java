package io.chapar.app.queue;

import io.chapar.app.broker.PartyQueues;
import io.chapar.message.Content;
import io.chapar.message.PartyCode;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQBytesMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageSupport;

/**
 * What the gateway puts into a party's queue for reading.
 *
 * @param properties application properties beside kind
 * @param answers the message-id of what it answers
 */
record Letter(Kind kind, String contentType, Content body, Map<String, String> properties, Optional<String> answers) {

    private static final String KIND = "kind";

    Letter {
        properties = new LinkedHashMap<>(properties);
    }

    static Letter of(Kind kind, String contentType, byte[] body, Optional<String> signature) {
        return of(kind, contentType, Content.of(body), signature);
    }

    static Letter of(Kind kind, String contentType, Content body, Optional<String> signature) {
        Letter letter = new Letter(kind, contentType, body, Map.of(), Optional.empty());
        return signature.isPresent() ? letter.with("jwsSignature", signature.get()) : letter;
    }

    Letter with(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(property, value);
        return new Letter(kind, contentType, body, more, answers);
    }

    Letter withBody(String otherType, byte[] otherBody) {
        return new Letter(kind, otherType, Content.of(otherBody), properties, answers);
    }

    Letter answering(Optional<String> messageId) {
        return new Letter(kind, contentType, body, properties, messageId);
    }

    /** Sends it in this session's transaction, encrypted where the party's queue is: nothing else writes there. */
    void send(Session session, PartyCode to, QueueEncryption encryption) throws JMSException {
        encryption.sealed(to, this).put(session, to);
    }

    private void put(Session session, PartyCode to) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        if (body.size() >= LargeLetter.SMALLEST && message instanceof ActiveMQBytesMessage large) {
            Map<String, String> all = new LinkedHashMap<>(properties);
            all.put(KIND, kind.word());
            LargeLetter.write(large, PartyQueues.out(to), contentType, all, answers, body);
        } else {
            write(message);
        }
        try (MessageProducer producer = session.createProducer(new ActiveMQQueue(PartyQueues.out(to)))) {
            producer.send(message, DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, Message.DEFAULT_TIME_TO_LIVE);
        }
    }

    private void write(BytesMessage message) throws JMSException {
        message.writeBytes(body.bytes());
        message.setStringProperty(AMQPMessageSupport.JMS_AMQP_CONTENT_TYPE, contentType);
        message.setStringProperty(KIND, kind.word());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        if (answers.isPresent()) {
            message.setJMSCorrelationID(answers.get());
        }
    }
}
