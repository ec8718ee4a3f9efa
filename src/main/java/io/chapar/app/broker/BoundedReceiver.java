package io.chapar.app.broker;

import org.apache.activemq.artemis.protocol.amqp.exceptions.ActiveMQAMQPException;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonDeliveryHandler;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.amqp.transport.LinkError;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * A link on which a party writes. The broker would write a message that does not end to the disk until that is full, and
 * takes what comes without credit; here the link is closed, with the reason, and what still comes on it is thrown away.
 */
final class BoundedReceiver implements ProtonDeliveryHandler {

    private final Peer peer;
    private final Receiver receiver;
    private final @Nullable ProtonDeliveryHandler inner;
    private final long most;
    private long halfWritten;
    private boolean closed;

    /**
     * @param inner the broker's own; none where it refused the link, and the other end may not know that yet
     * @param most bytes of one message
     */
    BoundedReceiver(Peer peer, Receiver receiver, @Nullable ProtonDeliveryHandler inner, long most) {
        this.peer = peer;
        this.receiver = receiver;
        this.inner = inner;
        this.most = most;
    }

    /** Of the message that is under way. */
    long halfWritten() {
        return halfWritten;
    }

    @Override
    public void onMessage(Delivery delivery) throws ActiveMQAMQPException {
        ProtonDeliveryHandler broker = inner;
        if (broker == null || closed) {
            throwAway(delivery);
        } else if (halfWritten + delivery.available() > most || !peer.hasRoom()) {
            refuse(broker, new ErrorCondition(LinkError.MESSAGE_SIZE_EXCEEDED, peer.tooLarge()));
            throwAway(delivery);
        } else if (receiver.getRemoteCredit() < 0) {
            refuse(broker, new ErrorCondition(LinkError.TRANSFER_LIMIT_EXCEEDED, "more messages than credit"));
            throwAway(delivery);
        } else {
            pass(broker, delivery);
        }
    }

    private void pass(ProtonDeliveryHandler broker, Delivery delivery) throws ActiveMQAMQPException {
        int available = delivery.available();
        boolean goesOn = delivery.isPartial() && !delivery.isAborted();
        broker.onMessage(delivery);
        halfWritten = goesOn ? halfWritten + available - delivery.available() : 0;
    }

    private void refuse(ProtonDeliveryHandler broker, ErrorCondition reason) throws ActiveMQAMQPException {
        closed = true;
        halfWritten = 0;
        broker.close(reason);
        receiver.setCondition(reason);
        receiver.close();
        peer.flush();
    }

    private void throwAway(Delivery delivery) {
        if (receiver.current() != delivery) {
            return;
        }
        if (delivery.available() > 0) {
            receiver.recv();
        }
        if (!delivery.isPartial() || delivery.isAborted()) {
            receiver.advance();
            delivery.settle();
        }
    }

    @Override
    public void onFlow(int credits, boolean drain) {
        if (inner != null && !closed) {
            inner.onFlow(credits, drain);
        }
    }

    @Override
    public void close(boolean remoteLinkClose) throws ActiveMQAMQPException {
        boolean first = !closed;
        closed = true;
        halfWritten = 0;
        if (inner != null && first) {
            inner.close(remoteLinkClose);
        }
    }

    @Override
    public void close(ErrorCondition condition) throws ActiveMQAMQPException {
        boolean first = !closed;
        closed = true;
        halfWritten = 0;
        if (inner != null && first) {
            inner.close(condition);
        }
    }
}
