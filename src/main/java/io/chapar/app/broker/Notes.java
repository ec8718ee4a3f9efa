package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.FilterConstants;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageIdHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages without a body that go the usual way in the place of those that are not kept, so that their senders are told. */
final class Notes {

    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);
    private static final int BYTES = 256;

    private final ActiveMQServer broker;

    Notes(ActiveMQServer broker) {
        this.broker = broker;
    }

    void inPlaceOf(Message refused, NotKept reason, SimpleString certificate) throws ActiveMQException {
        CoreMessage note = note(refused.getAddressSimpleString(), reason, certificate);
        // Without its own, everything that comes behind would overtake it.
        note.setPriority(refused.getPriority());
        if (refused instanceof AMQPMessage amqp
                && amqp.getProperties() != null
                && amqp.getProperties().getMessageId() != null) {
            note.putStringProperty(
                    FilterConstants.NATIVE_MESSAGE_ID,
                    AMQPMessageIdHelper.INSTANCE.toMessageIdString(
                            amqp.getProperties().getMessageId()));
        }
        put(note);
    }

    /** In place of a message that was not read to its end, so nobody knows what it is called. */
    void ofOneCutShort(PartyCode party, SimpleString certificate) {
        SimpleString address = SimpleString.of(PartyQueues.in(party));
        broker.getThreadPool().execute(() -> {
            try {
                put(note(address, NotKept.TOO_LARGE, certificate));
            } catch (ActiveMQException e) {
                LOG.warn("{} was told that its message is too large by its link only: {}", party, e.getType());
            }
        });
    }

    private CoreMessage note(SimpleString address, NotKept reason, SimpleString certificate) {
        CoreMessage note = new CoreMessage(broker.getStorageManager().generateID(), BYTES);
        note.setAddress(address);
        note.setRoutingType(RoutingType.ANYCAST);
        note.setDurable(true);
        note.putStringProperty(SimpleString.of(Incoming.CERTIFICATE), certificate);
        note.putStringProperty(SimpleString.of(Incoming.NOT_KEPT), SimpleString.of(reason.name()));
        return note;
    }

    private void put(CoreMessage note) throws ActiveMQException {
        try {
            broker.getPostOffice().route(note, false);
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new ActiveMQException(e.getMessage(), e, ActiveMQExceptionType.GENERIC_EXCEPTION);
        }
    }
}
