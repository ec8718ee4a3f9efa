package io.chapar.app.broker;

import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.protocol.amqp.exceptions.ActiveMQAMQPException;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPConnectionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonDeliveryHandler;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonServerReceiverContext;
import org.apache.activemq.artemis.protocol.amqp.proton.handler.EventHandler;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * One connection of AMQP, and what its other end may make of it. Called behind the broker's own handler of the same
 * events, on the connection's thread.
 */
final class Peer implements EventHandler {

    static final int MOST_SESSIONS = 32;
    static final int MOST_LINKS = 32;

    /** Half written on all its links together, as a multiple of the largest message. */
    private static final int HALF_WRITTEN = 4;

    /** To a link that is no queue: the coordinator of transactions. */
    private static final long SMALL = 65_536;

    private final AMQPConnectionContext connection;
    private final long largest;
    private final boolean welcome;
    private final Runnable cutShort;
    private final Set<Session> sessions = new HashSet<>();
    private final Set<Link> links = new HashSet<>();

    /**
     * @param largest message that is kept
     * @param welcome false for a connection that is one too many
     * @param cutShort told when a message is not read to its end
     */
    Peer(AMQPConnectionContext connection, long largest, boolean welcome, Runnable cutShort) {
        this.connection = connection;
        this.largest = largest;
        this.welcome = welcome;
        this.cutShort = cutShort;
    }

    @Override
    public void onRemoteOpen(Connection opened) {
        if (!welcome) {
            close("a party has at most " + Peers.MOST_CONNECTIONS + " connections");
        }
    }

    @Override
    public void onRemoteOpen(Session session) {
        sessions.add(session);
        if (sessions.size() > MOST_SESSIONS) {
            close("a connection has at most " + MOST_SESSIONS + " sessions");
        }
    }

    @Override
    public void onRemoteClose(Session session) {
        sessions.remove(session);
        links.removeIf(link -> link.getSession() == session);
    }

    @Override
    public void onRemoteOpen(@Nullable Link link) {
        if (link == null) {
            return;
        }
        links.add(link);
        if (links.size() > MOST_LINKS) {
            close("a connection has at most " + MOST_LINKS + " links");
        }
        if (link instanceof Receiver receiver && !(receiver.getContext() instanceof BoundedReceiver)) {
            bound(receiver);
        }
    }

    /** The broker reads a message into a file while it comes; what is refused already is read into nothing. */
    private void bound(Receiver receiver) {
        ProtonDeliveryHandler inner = (ProtonDeliveryHandler) receiver.getContext();
        long most = SMALL;
        if (inner instanceof ProtonServerReceiverContext) {
            receiver.setMaxMessageSize(UnsignedLong.valueOf(largest));
            most = 2 * largest;
        }
        receiver.setContext(new BoundedReceiver(this, receiver, inner, most));
    }

    @Override
    public void onRemoteClose(Link link) {
        links.remove(link);
    }

    /** The broker keeps what was half written on a link that is only detached; nobody goes on with it. */
    @Override
    public void onRemoteDetach(Link link) throws ActiveMQAMQPException {
        links.remove(link);
        if (link.getContext() instanceof BoundedReceiver receiver) {
            receiver.close(true);
        }
    }

    boolean hasRoom() {
        long half = 0;
        for (Link link : links) {
            if (link.getContext() instanceof BoundedReceiver receiver) {
                half += receiver.halfWritten();
            }
        }
        return half <= HALF_WRITTEN * largest;
    }

    /** @return what the other end is told about a message that is not read to its end */
    String tooLarge() {
        cutShort.run();
        return "too-large: a message has at most " + largest + " bytes, and " + HALF_WRITTEN
                + " such messages may be half written at a time";
    }

    void flush() {
        connection.flush();
    }

    private void close(String reason) {
        connection.close(new ErrorCondition(AmqpError.RESOURCE_LIMIT_EXCEEDED, reason));
    }
}
