package io.chapar.app.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.messaginghub.pooled.jms.pool.PooledConnectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections to the broker. It says once that the broker is lost, and once that it is back. */
public final class BrokerConnections extends JmsPoolConnectionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

    /** What a session says whose connection broke, and what an attempt to connect says. */
    private static final Set<ActiveMQExceptionType> BROKEN = EnumSet.of(
            ActiveMQExceptionType.NOT_CONNECTED,
            ActiveMQExceptionType.CONNECTION_TIMEDOUT,
            ActiveMQExceptionType.DISCONNECTED,
            ActiveMQExceptionType.REMOTE_DISCONNECT,
            ActiveMQExceptionType.UNBLOCKED,
            ActiveMQExceptionType.OBJECT_CLOSED,
            ActiveMQExceptionType.IO_ERROR);

    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean noMore;

    public BrokerConnections(ConnectionFactory broker) {
        setConnectionFactory(broker);
    }

    /**
     * The gateway stops. Those connections that there are serve to the end, and no other is made: each of dozens of readers
     * would wait for an attempt of its own to reach a broker that is lost, one after the other and seconds each, and the stop
     * for all of them.
     */
    public void connectNoMore() {
        noMore = true;
    }

    @Override
    protected Connection createProviderConnection(PooledConnectionKey key) throws JMSException {
        if (noMore) {
            throw new IllegalStateException("the gateway stops, and connects to the broker no more");
        }
        try {
            Connection connection = super.createProviderConnection(key);
            connection.setExceptionListener(this::lost);
            if (lost.getAndSet(false)) {
                LOG.info("the broker is back; what waited goes on");
            }
            return connection;
        } catch (JMSException e) {
            lost(e);
            throw e;
        }
    }

    private void lost(JMSException why) {
        if (!lost.getAndSet(true)) {
            LOG.warn(
                    "the broker is lost: {}. Messages are accepted all the while; what is to be delivered waits in the"
                            + " record, and goes on by itself",
                    why.getCause() instanceof ActiveMQException cause ? cause.getMessage() : why.getMessage());
        }
    }

    /** Whether this follows from a connection that broke or could not be made, which is told once for all. */
    public static boolean isLoss(Throwable failure) {
        boolean closed = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ActiveMQException broker) {
                return BROKEN.contains(broker.getType());
            }
            closed |= cause instanceof IllegalStateException;
        }
        return closed;
    }
}
