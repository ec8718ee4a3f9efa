package io.chapar.app.broker;

import io.chapar.message.Digest;
import io.chapar.record.Ticket;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The publisher's one transacted session: many sends, one commit, one fsync. */
final class BrokerSession implements AutoCloseable {

    /** Keys share this many groups. More keys than groups only means that some wait for each other now and then. */
    static final int GROUPS = 1024;

    private static final String DUPLICATE_DETECTION = "_AMQ_DUPL_ID";
    private static final String GROUP = "JMSXGroupID";

    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    private BrokerSession(Connection connection, Session session, MessageProducer producer) {
        this.connection = connection;
        this.session = session;
        this.producer = producer;
    }

    static BrokerSession open(ConnectionFactory connections) throws JMSException {
        Connection connection = connections.createConnection();
        try {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(null);
            producer.setDisableMessageTimestamp(true);
            return new BrokerSession(connection, session, producer);
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    void send(Ticket ticket) throws JMSException {
        String id = ticket.deliveryId().toString();
        Message message = session.createTextMessage(id);
        message.setStringProperty(DUPLICATE_DETECTION, id);
        int priority = Message.DEFAULT_PRIORITY;
        if (ticket.orderingKey().isPresent()) {
            message.setStringProperty(GROUP, group(ticket.orderingKey().get()));
        } else {
            // Of those with an ordering key none may overtake another, so they all have the same priority.
            priority = Math.min(Math.max(ticket.priority(), 0), 9);
        }
        producer.send(
                session.createQueue(
                        EmbeddedBroker.DELIVERIES + ticket.receiver().value()),
                message,
                DeliveryMode.PERSISTENT,
                priority,
                Message.DEFAULT_TIME_TO_LIVE);
    }

    /** One of a bounded number of groups, which says nothing about the key. */
    static String group(String orderingKey) {
        byte[] hash = Digest.of(orderingKey.getBytes(StandardCharsets.UTF_8)).hash();
        return Integer.toString(Math.floorMod(ByteBuffer.wrap(hash).getInt(), GROUPS));
    }

    void commit() throws JMSException {
        session.commit();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
