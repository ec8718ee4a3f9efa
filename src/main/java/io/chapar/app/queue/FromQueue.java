package io.chapar.app.queue;

import io.chapar.message.PartyCode;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsMessage;

/**
 * The step of a route between a party's two queues. The answer is sent in the very session that took the message, so that
 * one transaction of the broker takes and answers: after a crash in between, the message is there again, and its repeat
 * is answered with the same receipt.
 */
public final class FromQueue implements Processor {

    /** Names the party to which the route's queue belongs. */
    public static final String OWNER = "owner";

    private final QueueDoor door;
    private final QueueEncryption encryption;

    public FromQueue(QueueDoor door, QueueEncryption encryption) {
        this.door = door;
        this.encryption = encryption;
    }

    @Override
    public void process(Exchange camelExchange) throws JMSException {
        PartyCode owner = new PartyCode(camelExchange.getProperty(OWNER, String.class));
        if (!(camelExchange.getMessage() instanceof JmsMessage taken)) {
            throw new IllegalStateException("the route " + camelExchange.getFromRouteId() + " takes from no queue");
        }
        Session session = taken.getJmsSession();
        if (session == null || !session.getTransacted()) {
            throw new IllegalStateException("a message is taken from a queue in a transaction, or not at all");
        }
        Optional<Letter> answer = door.answer(owner, Written.of(taken.getJmsMessage()));
        if (answer.isPresent()) {
            answer.get().send(session, owner, encryption);
        }
    }
}
