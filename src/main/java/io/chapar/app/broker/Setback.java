package io.chapar.app.broker;

import io.chapar.deliver.Halted;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ErrorHandler;

/**
 * What happens after a delivery went back to the broker because a stage failed in a way that it should not: the
 * consumer waits a little, because the broker gives the delivery back at once. The broker's own delay is not used: it
 * would let later ones overtake.
 */
public final class Setback implements ErrorHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Setback.class);

    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    public Setback(Duration pause) {
        this.pause = pause;
    }

    @Override
    public void handleError(Throwable failure) {
        if (failure instanceof JMSException) {
            LOG.warn("the broker was lost with a delivery in hand: {}", failure.getMessage());
        } else if (!halted(failure)) {
            LOG.error("a delivery went back to the broker and is tried again", failure);
        }
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

    private static boolean halted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Halted) {
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
