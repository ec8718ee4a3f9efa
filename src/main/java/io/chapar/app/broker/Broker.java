package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import jakarta.jms.ConnectionFactory;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What carries deliveries and holds the queues of parties: inside this process, or a pair outside that nodes share. */
public interface Broker extends AutoCloseable {

    boolean running();

    /** Connections break when the broker stops; who uses them connects again. */
    ConnectionFactory connectionFactory();

    /** The parties that have queues of their own. */
    Set<PartyCode> owners();

    /** Whether there is a queue from which this party reads. */
    boolean hasToRead(PartyCode owner);

    /** How many messages lie in this party's queue for reading, or are in its hands unsettled; none without a queue. */
    long toRead(PartyCode owner);

    /** How many bytes lie in this party's queue for reading, or are in its hands unsettled; none without a queue. */
    long bytesToRead(PartyCode owner);

    /** The deliveries that lie in this party's queue for reading, or are in its hands unsettled. */
    void forEachToRead(PartyCode owner, Consumer<UUID> each);

    /** Whether this party has a queue of deliveries, which is made now where it can be made from here. */
    boolean queueFor(PartyCode party);

    /** The ids of all deliveries that the broker holds: queued, paged, or in a consumer's hands. */
    void forEachId(Consumer<UUID> each);

    /** Whether it refuses a delivery id that it was given before, until {@link #admitAgain}. */
    boolean refusesDoubles();

    /** Lets a delivery id be published once more, that is in no queue or leaves its queue now and may come again later. */
    void admitAgain(PartyCode party, UUID deliveryId);

    @Override
    void close();
}
