package io.chapar.app.broker;

import io.chapar.record.DeliveryIds;
import io.chapar.record.Equation;
import io.chapar.record.MessageRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The equation with both sides of what waits: counted in the record, and in the broker by delivery id. What is on its way
 * between the two fits nowhere for a moment; so what does not fit is looked at once more, and told if it still does not.
 */
public final class FullEquation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FullEquation.class);

    /** Longer than a delivery is on its way from the record to the broker, by whichever node. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    /** So often it waits until what the broker lost is published again. */
    private static final int PAUSES = 10;

    /** @param brokerNotAsked why; then only the record was counted */
    public record Counted(Equation equation, Optional<String> brokerNotAsked) {}

    private final MessageRecord record;
    private final Broker broker;
    private final Publisher publisher;
    private final ReentrantLock turn = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FullEquation(MessageRecord record, Broker broker, Publisher publisher) {
        this.record = record;
        this.broker = broker;
        this.publisher = publisher;
    }

    /**
     * One at a time; whoever comes meanwhile waits.
     *
     * @throws io.chapar.record.NotRecorded when the record cannot be counted
     */
    public Counted count() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Counted first = look();
            if (first.equation().misfits().isEmpty() || first.brokerNotAsked().isPresent()) {
                return first;
            }
            boolean closing = pause();
            for (int i = 0; i < PAUSES && publisher.isBehind() && !closing; i++) {
                closing = pause();
            }
            if (closing) {
                return new Counted(record.equation(), Optional.of("the gateway is stopping"));
            }
            Counted second = look();
            return new Counted(second.equation().confirming(first.equation()), second.brokerNotAsked());
        } finally {
            turn.unlock();
        }
    }

    /** Whether nobody waits any more. */
    private boolean pause() throws InterruptedException {
        return closed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The broker first: whatever it holds the record knows by then. */
    private Counted look() {
        if (!broker.running()) {
            return new Counted(record.equation(), Optional.of("it is away"));
        }
        DeliveryIds underWay;
        try {
            underWay = publisher.underWay();
        } catch (RuntimeException e) {
            LOG.warn("the broker does not say what it holds", e);
            return new Counted(record.equation(), Optional.of("it does not answer; see the log"));
        }
        return new Counted(record.equation(underWay), Optional.empty());
    }

    /** Nobody waits for a second look any more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
