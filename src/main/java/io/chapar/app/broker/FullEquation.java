package io.chapar.app.broker;

import io.chapar.record.DeliveryIds;
import io.chapar.record.Equation;
import io.chapar.record.MessageRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The equation with both sides of what waits: counted in the record, and in the broker by delivery id. What is on its way
 * between the two fits nowhere for a moment; so what does not fit is looked at once more, and told if it still does not.
 */
public final class FullEquation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FullEquation.class);

    /** Longer than a delivery is on its way from the record to the broker. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    /**
     * So often it waits until what the broker lost is published again, and, where several nodes share a broker, as long as
     * less and less does not fit: what another one is about to publish is not known here.
     */
    private static final int PAUSES = 10;

    /** @param brokerNotAsked why; then only the record was counted */
    public record Counted(Equation equation, Optional<String> brokerNotAsked) {}

    private final MessageRecord record;
    private final Broker broker;
    private final Publisher publisher;
    private final ReentrantLock turn = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong begun = new AtomicLong();
    private volatile Optional<Counted> last = Optional.empty();

    public FullEquation(MessageRecord record, Broker broker, Publisher publisher) {
        this.record = record;
        this.broker = broker;
        this.publisher = publisher;
    }

    /**
     * One at a time; whoever comes meanwhile waits, and all who waited for the next get the same.
     *
     * @throws io.chapar.record.NotRecorded when the record cannot be counted
     */
    public Counted count() throws InterruptedException {
        long before = begun.get();
        turn.lockInterruptibly();
        try {
            Optional<Counted> known = last;
            // Only one that was begun after this caller came counts what the caller did before.
            if (known.isPresent() && begun.get() > before) {
                return known.get();
            }
            begun.incrementAndGet();
            Counted counted = counted();
            last = Optional.of(counted);
            return counted;
        } finally {
            turn.unlock();
        }
    }

    private Counted counted() throws InterruptedException {
        Counted found = look();
        boolean fewer = true;
        int pauses = 0;
        while (fewer && pauses <= PAUSES && doesNotFit(found)) {
            do {
                if (pause()) {
                    return new Counted(record.equation(), Optional.of("the gateway is stopping"));
                }
                pauses++;
            } while (pauses <= PAUSES && publisher.isBehind());
            Counted next = look();
            Equation confirmed = next.equation().confirming(found.equation());
            fewer = confirmed.misfits().size() < found.equation().misfits().size();
            found = new Counted(confirmed, next.brokerNotAsked());
        }
        return found;
    }

    private static boolean doesNotFit(Counted found) {
        return found.brokerNotAsked().isEmpty() && !found.equation().misfits().isEmpty();
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
