package io.chapar.app.broker;

import io.chapar.record.DeliveryIds;
import io.chapar.record.Ticket;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings what is durable in the record to the broker, in the order of commit, many with one commit. When the broker is
 * away it remembers one thing only: that the record has to be read again. Then, as at every start, it compares what
 * waits in the record with what the broker holds, and publishes what is missing.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int BATCH = 500;

    private final Consumer<Consumer<Ticket>> waiting;
    private final Broker broker;
    private final Predicate<Runnable> alone;
    private final Duration firstPause;
    private final Duration longestPause;
    private final PendingTickets pending;
    private final MissingQueues missing = new MissingQueues();
    private final Thread thread;

    /**
     * @param waiting shows everything that waits in the record, oldest first, each time that it is asked
     * @param comparison how often record and broker are compared although nothing seems wrong
     */
    public Publisher(
            Consumer<Consumer<Ticket>> waiting,
            Broker broker,
            Duration firstPause,
            Duration longestPause,
            Duration comparison) {
        this(waiting, broker, Publisher::atOnce, firstPause, longestPause, comparison);
    }

    /**
     * @param alone runs a comparison while no other node that shares the broker does, since both would publish what is
     *     missing; false when another one does, and nothing was run
     */
    public Publisher(
            Consumer<Consumer<Ticket>> waiting,
            Broker broker,
            Predicate<Runnable> alone,
            Duration firstPause,
            Duration longestPause,
            Duration comparison) {
        this.alone = alone;
        this.waiting = waiting;
        this.broker = broker;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.pending = new PendingTickets(comparison);
        this.thread = new Thread(this::run, "publisher");
        this.thread.setDaemon(true);
    }

    private static boolean atOnce(Runnable work) {
        work.run();
        return true;
    }

    public void start() {
        thread.start();
    }

    /** The listener of the record's committing thread, so it never waits for the broker. */
    public void durable(List<Ticket> tickets) {
        pending.add(tickets);
    }

    /** Whether everything that became durable was given to the broker. */
    public boolean caughtUp() {
        return pending.none();
    }

    /** Whether what waits in the record is still to be held against what the broker holds, and what is missing published. */
    boolean isBehind() {
        return pending.isBehind();
    }

    /** Queues of deliveries that something waits for, and that the broker does not have. */
    public MissingQueues missingQueues() {
        return missing;
    }

    /** Compares record and broker now. */
    public void compare() {
        pending.fallBehind();
    }

    /**
     * What the broker holds, and what is about to be given to it: to be held against the record.
     *
     * @throws RuntimeException when the broker does not answer
     */
    DeliveryIds underWay() {
        DeliveryIds ids = new DeliveryIds();
        // In this order: what goes from here to the broker meanwhile is seen at least once.
        pending.forEachId(ids::add);
        broker.forEachId(ids::add);
        return ids;
    }

    private void run() {
        long pause = firstPause.toMillis();
        boolean told = false;
        while (!pending.isClosed()) {
            try (BrokerSession session = BrokerSession.open(broker, missing)) {
                publishFrom(session, told);
                told = false;
                pause = firstPause.toMillis();
            } catch (JMSException | RuntimeException | Error e) {
                // An Error too: without this thread everything would be accepted and nothing delivered.
                if (!pending.isClosed()) {
                    LOG.atLevel(told ? Level.DEBUG : Level.WARN)
                            .log(
                                    "publishing stopped, acceptance goes on, deliveries follow: {}",
                                    e.getClass().getSimpleName());
                    told = true;
                }
                pending.waitBehind(pause);
                pause = Math.min(2 * pause, longestPause.toMillis());
            }
        }
    }

    private void publishFrom(BrokerSession session, boolean wasAway) throws JMSException {
        boolean first = wasAway;
        while (!pending.isClosed()) {
            if (pending.startsComparison() && !alone.test(() -> compare(session))) {
                pending.putOff(longestPause);
            }
            if (first) {
                LOG.info("publishing goes on");
                first = false;
            }
            List<Ticket> batch = pending.next(BATCH);
            session.publish(batch);
            pending.published(batch);
        }
    }

    private void compare(BrokerSession session) {
        missing.beginLook();
        int published = new Comparison(broker, session, pending).run(waiting);
        pending.compared();
        missing.endLook();
        if (published > 0) {
            LOG.info("{} deliveries that waited in the record were published again", published);
        }
    }

    @Override
    public void close() {
        pending.close();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
