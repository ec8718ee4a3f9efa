package io.chapar.app.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.support.JmsUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Reads one queue, and goes on when a lost broker is back. Of the loss it says nothing: each of dozens of queues would say it
 * at each attempt, where {@link BrokerConnections} says it once. Whatever else keeps it from reading, it tells.
 */
public final class QueueReading extends DefaultJmsMessageListenerContainer {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReading.class);

    private final FixedBackOff pause;

    /** @param pause between two attempts to connect */
    public QueueReading(JmsEndpoint endpoint, Duration pause) {
        super(endpoint);
        this.pause = new FixedBackOff(pause.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS);
    }

    @Override
    protected void handleListenerSetupFailure(Throwable failure, boolean alreadyRecovered) {
        if (BrokerConnections.isLoss(failure)) {
            LOG.debug("{} cannot be read without the broker", getDestinationDescription(), failure);
        } else {
            super.handleListenerSetupFailure(failure, alreadyRecovered);
        }
    }

    /** What cannot be rolled back because the broker is lost comes again; why it was to be rolled back is told by others. */
    @Override
    protected void rollbackOnExceptionIfNecessary(Session session, Throwable failure) throws JMSException {
        try {
            JmsUtils.rollbackIfNecessary(session);
        } catch (JMSException e) {
            if (!BrokerConnections.isLoss(e)) {
                e.addSuppressed(failure);
                throw e;
            }
            LOG.debug("{}: no rollback without the broker", getDestinationDescription(), e);
        }
    }

    /** Tries until there is a connection, or it is stopped. */
    @Override
    protected void refreshConnectionUntilSuccessful() {
        BackOffExecution attempts = pause.start();
        while (isRunning()) {
            try {
                refreshSharedConnection();
                return;
            } catch (JMSException e) {
                if (BrokerConnections.isLoss(e)) {
                    LOG.debug("still no broker for {}", getDestinationDescription(), e);
                } else {
                    LOG.error("{} cannot be read: {}", getDestinationDescription(), e.getMessage());
                }
            } catch (RuntimeException e) {
                // else this reader would end, and what waits would wait unseen
                LOG.error("{} cannot be read", getDestinationDescription(), e);
            }
            if (!applyBackOffTime(attempts)) {
                stop();
            }
        }
    }
}
