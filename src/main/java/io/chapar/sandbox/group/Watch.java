package io.chapar.sandbox.group;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.load.OwnId;
import io.chapar.sandbox.load.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What became of each message that was sent: a receipt, and that each of its receivers was given it once. For any thread. */
final class Watch implements Witness {

    /** A message on its way, and to whom it has not come yet. */
    private static final class Parcel {
        final long number;
        final Stretch stretch;
        final long due;
        final Set<PartyCode> missing = ConcurrentHashMap.newKeySet();
        volatile boolean receipt;

        Parcel(long number, Stretch stretch, long due, Collection<PartyCode> receivers) {
            this.number = number;
            this.stretch = stretch;
            this.due = due;
            missing.addAll(receivers);
        }
    }

    private final Map<UUID, Parcel> parcels = new ConcurrentHashMap<>();
    private final Map<Long, Parcel> open = new ConcurrentSkipListMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder again = new LongAdder();
    private final AtomicLong lastReceipt = new AtomicLong();
    private final AtomicLong lastArrival = new AtomicLong();
    private volatile Stretch now;

    Watch(Stretch first) {
        this.now = first;
    }

    /** From now on a pause counts. */
    void starts() {
        long at = System.nanoTime();
        lastReceipt.set(at);
        lastArrival.set(at);
    }

    /** A pause counts in the stretch in which it ends. */
    void begins(Stretch next) {
        now = next;
    }

    /** @param due {@link System#nanoTime} at which it was to be sent */
    void sends(Source.Item item, long due) {
        Stretch stretch = now;
        Parcel parcel = new Parcel(numbers.incrementAndGet(), stretch, due, item.receivers());
        stretch.sent();
        parcels.put(item.letter().messageId(), parcel);
        open.put(parcel.number, parcel);
    }

    void receipt(UUID messageId) {
        long at = System.nanoTime();
        now.receipt(at - lastReceipt.getAndSet(at));
        Parcel parcel = parcels.get(messageId);
        if (parcel != null) {
            parcel.receipt = true;
            close(parcel);
        }
    }

    /** No node will take it: nothing more comes of it. */
    void refused(UUID messageId) {
        Parcel parcel = parcels.get(messageId);
        if (parcel != null) {
            open.remove(parcel.number);
        }
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        Parcel parcel = parcels.get(messageId);
        if (parcel == null) {
            // The gateway's own notices, which nobody here has sent.
            return;
        }
        if (!first) {
            again.increment();
        } else if (parcel.missing.remove(receiver)) {
            long at = System.nanoTime();
            now.arrival(at - lastArrival.getAndSet(at));
            parcel.stretch.took(at - parcel.due);
            close(parcel);
        } else {
            wrong.add(receiver + " was given " + messageId + " which is not for it, or under two delivery ids");
        }
    }

    private void close(Parcel parcel) {
        if (parcel.receipt && parcel.missing.isEmpty()) {
            open.remove(parcel.number);
        }
    }

    @Override
    public void read(PartyCode receiver, UUID deliveryId, Content content) {
        OwnId.fault(content).ifPresent(fault -> wrong.add(receiver + " was given " + fault));
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        // The record counts it.
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        wrong.add(receiver + " turned a delivery away: " + why);
    }

    /** The number of the newest message. */
    long newest() {
        return numbers.get();
    }

    /** Whether everything up to this number that was not refused has its receipt and is with all its receivers. */
    boolean done(long number) {
        return open.keySet().stream().findFirst().map(oldest -> oldest > number).orElse(true);
    }

    int underWay() {
        return open.size();
    }

    /** Deliveries that came once more under their id, which has no effect. */
    long cameAgain() {
        return again.sum();
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
