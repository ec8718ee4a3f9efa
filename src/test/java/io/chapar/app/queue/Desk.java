package io.chapar.app.queue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A party's place at its two queues. */
final class Desk implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;

    private final String party;
    private final Connection connection;
    private final Session session;
    private final MessageProducer writing;
    private final MessageConsumer reading;

    Desk(QueueGateway gateway, String party) throws JMSException {
        this(gateway, party, "");
    }

    /** @param selector what it reads of its queue; empty for everything */
    Desk(QueueGateway gateway, String party, String selector) throws JMSException {
        this.party = party;
        this.connection = gateway.connect(party);
        this.session = connection.createSession();
        this.writing = session.createProducer(session.createQueue("in." + party));
        this.reading = session.createConsumer(session.createQueue("out." + party), selector);
    }

    /** As bytes, which Qpid JMS calls application/octet-stream. */
    Message bytes(byte[] body) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    /** As a string, without any content type. */
    Message text(byte[] body) throws JMSException {
        return session.createTextMessage(new String(body, StandardCharsets.UTF_8));
    }

    Message with(Message message, String... properties) throws JMSException {
        for (int i = 0; i < properties.length; i += 2) {
            message.setStringProperty(properties[i], properties[i + 1]);
        }
        return message;
    }

    Message replyingTo(Message message, String queue) throws JMSException {
        message.setJMSReplyTo(session.createQueue(queue));
        return message;
    }

    /** Returns the message-id. */
    String write(Message message) throws JMSException {
        writing.send(message);
        return message.getJMSMessageID();
    }

    Message read() throws JMSException {
        Message message = reading.receive(PATIENCE_MILLIS);
        return Objects.requireNonNull(message, "nothing came to out." + party);
    }

    @Nullable
    Message readWithin(long millis) throws JMSException {
        return reading.receive(millis);
    }

    static byte[] body(Message message) throws JMSException {
        return message.getBody(byte[].class);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
