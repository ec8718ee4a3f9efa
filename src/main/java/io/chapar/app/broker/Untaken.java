package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.TransactionOperationAbstract;
import org.jspecify.annotations.Nullable;

/**
 * How much each party has written that the gateway has not taken. The broker's own bound counts its pages, neither the
 * files in which large messages lie nor what transactions hold in memory until they are committed.
 */
final class Untaken {

    /** Of one party in all its open transactions, as a multiple of the largest message. */
    private static final int UNCOMMITTED = 4;

    /** Of those that are no files of their own. */
    private static final long MOST_IN_MEMORY = 80L << 20;

    /** What a party's open transactions hold, on the disk or in memory. */
    private record Open(PartyCode party, boolean onDisk) {}

    private final long largest;
    private final long most;
    private final Map<Open, AtomicLong> uncommitted = new ConcurrentHashMap<>();

    Untaken(long largest, long most) {
        this.largest = largest;
        this.most = most;
    }

    /** @throws ActiveMQAddressFullException when there is no room for this message too */
    void take(ActiveMQServer broker, PartyCode party, Message message, @Nullable Transaction transaction)
            throws ActiveMQException {
        long bytes = message.getPersistentSize();
        if (inQueues(broker, party) + bytes > most) {
            throw new ActiveMQAddressFullException("at most " + most + " bytes may wait in " + PartyQueues.in(party));
        }
        if (transaction == null) {
            return;
        }
        boolean onDisk = message.isLargeMessage();
        long mostOpen = onDisk ? UNCOMMITTED * largest : Math.min(UNCOMMITTED * largest, MOST_IN_MEMORY);
        AtomicLong open = uncommitted.computeIfAbsent(new Open(party, onDisk), first -> new AtomicLong());
        if (open.addAndGet(bytes) > mostOpen) {
            open.addAndGet(-bytes);
            throw new ActiveMQAddressFullException(
                    "at most " + mostOpen + " bytes may be uncommitted in " + PartyQueues.in(party));
        }
        transaction.addOperation(new TransactionOperationAbstract() {
            @Override
            public void afterCommit(Transaction committed) {
                open.addAndGet(-bytes);
            }

            @Override
            public void afterRollback(Transaction rolledBack) {
                open.addAndGet(-bytes);
            }
        });
    }

    private static long inQueues(ActiveMQServer broker, PartyCode party) {
        return Stream.of(PartyQueues.in(party), PartyQueues.acknowledgements(party))
                .map(broker::locateQueue)
                .filter(queue -> queue != null && queue.getMessageCount() > 0)
                .mapToLong(Queue::getPersistentSize)
                .sum();
    }
}
