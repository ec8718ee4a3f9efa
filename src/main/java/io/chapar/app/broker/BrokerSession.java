package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.record.Ticket;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The publisher's one transacted session: many sends, one commit, one fsync. */
final class BrokerSession implements AutoCloseable {

    private static final String DUPLICATE_DETECTION = "_AMQ_DUPL_ID";

    private final Broker broker;
    private final MissingQueues missing;
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;
    private final String idProperty;
    private final Map<PartyCode, Optional<Queue>> queues = new HashMap<>();

    private BrokerSession(
            Broker broker,
            MissingQueues missing,
            Connection connection,
            Session session,
            MessageProducer producer,
            String idProperty) {
        this.broker = broker;
        this.missing = missing;
        this.idProperty = idProperty;
        this.connection = connection;
        this.session = session;
        this.producer = producer;
    }

    /** @param missing is told of each queue that is not there */
    static BrokerSession open(Broker broker, MissingQueues missing) throws JMSException {
        Connection connection = broker.connectionFactory().createConnection();
        try {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(null);
            producer.setDisableMessageTimestamp(true);
            // A broker that refuses doubles keeps the id under that name; another one is asked for it by the other.
            String idProperty = broker.refusesDoubles() ? DUPLICATE_DETECTION : PartyQueues.DELIVERY_ID;
            return new BrokerSession(broker, missing, connection, session, producer, idProperty);
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * All of them or none, apart from those whose receiver has no queue: they stay in the record only.
     *
     * @return how many are published
     */
    int publish(List<Ticket> tickets) throws JMSException {
        int sent = 0;
        for (Ticket ticket : tickets) {
            Optional<Queue> queue = queue(ticket.receiver());
            if (queue.isPresent()) {
                send(ticket, queue.get());
                sent++;
            } else {
                missing.met(EmbeddedBroker.DELIVERIES + ticket.receiver().value());
            }
        }
        session.commit();
        return sent;
    }

    private void send(Ticket ticket, Queue queue) throws JMSException {
        String id = ticket.deliveryId().toString();
        Message message = session.createTextMessage(id);
        message.setStringProperty(idProperty, id);
        // Of those with an ordering key none may overtake another, so they all have the same priority.
        int priority = ticket.orderingKey().isPresent()
                ? Message.DEFAULT_PRIORITY
                : Math.min(Math.max(ticket.priority(), 0), 9);
        producer.send(queue, message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
    }

    /**
     * Looked up once: each look-up is a question to the broker, and would cost more than the sending. One that is not there
     * comes when the broker starts again, which ends this session.
     */
    private Optional<Queue> queue(PartyCode receiver) throws JMSException {
        Optional<Queue> queue = queues.get(receiver);
        if (queue == null) {
            queue = broker.queueFor(receiver)
                    ? Optional.of(session.createQueue(EmbeddedBroker.DELIVERIES + receiver.value()))
                    : Optional.empty();
            queues.put(receiver, queue);
        }
        return queue;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
