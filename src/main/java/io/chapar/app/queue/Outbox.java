package io.chapar.app.queue;

import io.chapar.app.broker.Broker;
import io.chapar.app.broker.BrokerConnections;
import io.chapar.app.broker.MissingQueues;
import io.chapar.app.broker.PartyQueues;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.record.MailboxEntry;
import io.chapar.record.MessageRecord;
import io.chapar.record.NotRecorded;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Puts deliveries into the queues of the parties that read theirs over AMQP: from the mailbox in the record, where they
 * count as waiting until they are acknowledged. What is neither in the queue any more nor acknowledged after a while is
 * put there again: the broker lost it, or its reader did.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int BATCH = 50;

    /** Of what a party has not read, in its queue on the broker's disk; then no more deliveries or answers are put there. */
    public static final long MOST_TO_READ_BYTES = 256L << 20;

    /** What is sent and not committed lies in the broker's memory. */
    private static final long MOST_UNCOMMITTED_BYTES = 8L << 20;

    private final MessageRecord record;
    private final Broker broker;
    private final PartyDirectory parties;
    private final QueueEncryption encryption;
    private final Duration unacknowledged;
    private final int window;
    private final Map<PartyCode, Seen> seen = new HashMap<>();
    private final MissingQueues missing = new MissingQueues();
    private final Set<PartyCode> failing = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean somethingCame;
    private boolean closed;

    /**
     * @param unacknowledged after so long a delivery that was taken and not acknowledged is put again
     * @param window how many deliveries a queue may hold before no more are put; the others wait in the record
     */
    public Outbox(
            MessageRecord record,
            Broker broker,
            PartyDirectory parties,
            QueueEncryption encryption,
            Duration unacknowledged,
            int window) {
        this.record = record;
        this.broker = broker;
        this.parties = parties;
        this.encryption = encryption;
        this.unacknowledged = unacknowledged;
        this.window = window;
        this.thread = new Thread(this::run, "outbox");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Queues for reading that the broker does not have. */
    public MissingQueues missingQueues() {
        return missing;
    }

    /** Something lies in this party's mailbox now. */
    public void arrived(PartyCode party) {
        if (broker.owners().contains(party)) {
            lock.lock();
            try {
                somethingCame = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The party has said its word about this one; what waited behind it may come, and it may come again itself. */
    public void ended(PartyCode party, UUID deliveryId) {
        lock.lock();
        try {
            Seen ofParty = seen.get(party);
            if (ofParty != null) {
                ofParty.forget(deliveryId);
            }
        } finally {
            lock.unlock();
        }
        arrived(party);
    }

    private void run() {
        boolean told = false;
        while (!isClosed()) {
            try (Connection connection = broker.connectionFactory().createConnection();
                    Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
                boolean more = false;
                while (more ? !isClosed() : awaitSomething()) {
                    more = round(session);
                    told = false;
                }
            } catch (JMSException | RuntimeException | Error e) {
                // An Error too: without this thread deliveries would wait for ever.
                if (!isClosed()) {
                    LOG.atLevel(told || e instanceof NotRecorded ? Level.DEBUG : Level.WARN)
                            .log("nothing is put into queues for reading; it goes on later: {}", e.toString());
                    told = true;
                }
                awaitSomething();
            }
        }
    }

    /** A batch for each party, so that one that reads fast does not keep the others waiting; whether there may be more. */
    private boolean round(Session session) throws JMSException {
        boolean more = false;
        missing.beginLook();
        for (Party party : parties.all()) {
            if (party.channel() == Party.Channel.QUEUE
                    && broker.owners().contains(party.code())
                    && encryption.isReady(party.code())) {
                more |= fillOrTell(party.code(), session);
            }
        }
        missing.endLook();
        return more;
    }

    /** What is wrong with the queue of one party is no reason to keep the others waiting. */
    private boolean fillOrTell(PartyCode party, Session session) throws JMSException {
        try {
            if (broker.hasToRead(party)) {
                return fill(party, session);
            }
            missing.met(PartyQueues.out(party));
        } catch (JMSException | RuntimeException e) {
            if (e instanceof NotRecorded || BrokerConnections.isLoss(e)) {
                throw e;
            }
            session.rollback();
            LOG.atLevel(failing.add(party) ? Level.WARN : Level.DEBUG)
                    .log(
                            "nothing is put into the queue of {}, it is tried again; others get theirs: {}",
                            party,
                            e.toString());
        }
        return false;
    }

    private boolean fill(PartyCode party, Session session) throws JMSException {
        Seen ofParty = stillThere(party);
        long room = window - Math.min(broker.toRead(party), ofParty.waiting());
        if (room <= 0 || broker.bytesToRead(party) >= MOST_TO_READ_BYTES) {
            return false;
        }
        int most = (int) Math.min(room, BATCH);
        int put = 0;
        long uncommitted = 0;
        Iterator<MailboxEntry> entries =
                record.handOut(party, most, unacknowledged, ofParty.ids()).iterator();
        while (entries.hasNext()) {
            MailboxEntry entry = entries.next();
            ofParty.put(entry.deliveryId());
            letter(entry).send(session, party, encryption);
            put++;
            uncommitted += entry.payload().size();
            if (uncommitted >= MOST_UNCOMMITTED_BYTES) {
                session.commit();
                uncommitted = 0;
            }
        }
        if (put > 0) {
            session.commit();
            failing.remove(party);
        }
        return put == most;
    }

    private Seen stillThere(PartyCode party) {
        Seen ofParty;
        lock.lock();
        try {
            ofParty = seen.computeIfAbsent(party, code -> new Seen(unacknowledged));
        } finally {
            lock.unlock();
        }
        if (ofParty.isOld()) {
            ofParty.renew(each -> broker.forEachToRead(party, each));
        }
        return ofParty;
    }

    private static Letter letter(MailboxEntry entry) {
        return Letter.of(Kind.DELIVERY, entry.contentType(), entry.payload(), entry.signature())
                .with("deliveryId", entry.deliveryId().toString())
                .with("messageId", entry.messageId().toString())
                .with("sender", entry.sender().value())
                .with("exchange", entry.exchange().exchange())
                .with("version", entry.exchange().version())
                .with("digest", entry.digest().value())
                .with("originalDigest", entry.originalDigest().value())
                .with("attempt", Integer.toString(entry.attempt()));
    }

    /** Returns when something came, or after a while; false when it is over. */
    private boolean awaitSomething() {
        lock.lock();
        try {
            long left = LOOK_AGAIN.toNanos();
            while (left > 0 && !somethingCame && !closed) {
                left = changed.awaitNanos(left);
            }
            somethingCame = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
