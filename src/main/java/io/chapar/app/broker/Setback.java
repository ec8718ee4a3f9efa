package io.chapar.app.broker;

import io.chapar.app.door.Defects;
import io.chapar.deliver.Halted;
import io.chapar.trust.KeyUnavailable;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ErrorHandler;

/**
 * What happens when a stage failed in a way that it should not: the consumer waits a little, because the broker gives a
 * delivery back at once. First it waits with the delivery in hand, so that meanwhile the other consumers deliver what
 * comes behind it instead of failing at it one after another; then once more when the delivery went back. The broker's
 * own delay is not used: it would let later ones overtake.
 */
public final class Setback implements Processor, ErrorHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Setback.class);

    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    public Setback(Duration pause) {
        this.pause = pause;
    }

    /** As a route's last step after a failure: the delivery is still in hand, and goes back to the broker afterwards. */
    @Override
    public void process(Exchange camelExchange) {
        if (!has(camelExchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), Halted.class)) {
            await();
        }
    }

    @Override
    public void handleError(Throwable failure) {
        if (BrokerConnections.isLoss(failure)) {
            // Told once, by those connections.
            LOG.debug("the broker was lost with a delivery in hand", failure);
        } else if (failure instanceof JMSException) {
            LOG.warn("the broker did not take back a delivery or its end: {}", failure.getMessage());
        } else if (has(failure, KeyUnavailable.class)) {
            LOG.warn("a delivery cannot be signed now, and is tried again: {}", failure.getMessage());
        } else if (!has(failure, Halted.class)) {
            LOG.error("a delivery went back to the broker and is tried again: {}", Defects.place(failure));
        }
        await();
    }

    private void await() {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
