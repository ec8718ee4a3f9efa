package io.chapar.app.queue;

import io.chapar.message.PartyCode;
import io.chapar.record.AttachmentStore;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
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
    private final AttachmentStore store;

    /** @param store in which a large message waits, sealed, while it is on its way */
    public FromQueue(QueueDoor door, QueueEncryption encryption, AttachmentStore store) {
        this.door = door;
        this.encryption = encryption;
        this.store = store;
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
        Optional<Letter> answer = answer(owner, taken.getJmsMessage());
        if (answer.isPresent()) {
            answer.get().send(session, owner, encryption);
        }
    }

    private Optional<Letter> answer(PartyCode owner, Message message) throws JMSException {
        if (!Spooled.is(message)) {
            return door.answer(owner, Written.of(message));
        }
        try (Spooled body = Spooled.of(message, store)) {
            return door.answer(owner, Written.of(message, body));
        }
    }
}
