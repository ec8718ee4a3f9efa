package io.chapar.sandbox.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the senders experienced, counted, and how long nobody was given a receipt while which fault lasted. */
final class Tally {

    private final LongAdder receipts = new LongAdder();
    private final LongAdder receiptsOfRepeats = new LongAdder();
    private final LongAdder sameReceipts = new LongAdder();
    private final Map<String, LongAdder> unanswered = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> later = new ConcurrentHashMap<>();
    private final LongAdder notDurable = new LongAdder();
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final Map<Fault, Long> pauses = new ConcurrentHashMap<>();
    private final Troubles troubles;

    Tally(Troubles troubles) {
        this.troubles = troubles;
    }

    /** From now on a pause counts. */
    void begins() {
        last.set(System.nanoTime());
    }

    /** @param before whether the gateway had accepted it before it answered this time */
    void receipt(boolean before) {
        long now = System.nanoTime();
        long pause = now - last.getAndSet(now);
        troubles.felt().forEach(fault -> pauses.merge(fault, pause, Math::max));
        receipts.increment();
        if (before) {
            receiptsOfRepeats.increment();
        }
    }

    void sameReceipt() {
        sameReceipts.increment();
    }

    void unanswered(Exception why) {
        unanswered
                .computeIfAbsent(why.getClass().getSimpleName(), name -> new LongAdder())
                .increment();
    }

    void later(String refusal) {
        later.computeIfAbsent(refusal, name -> new LongAdder()).increment();
        if (refusal.contains("not-durable") && troubles.onlyTheDisk()) {
            notDurable.increment();
        }
    }

    /** How often somebody was told that nothing can be kept, when that was a full disk's fault. */
    long notDurable() {
        return notDurable.sum();
    }

    long receipts() {
        return receipts.sum();
    }

    long receiptsOfRepeats() {
        return receiptsOfRepeats.sum();
    }

    long sameReceipts() {
        return sameReceipts.sum();
    }

    /** The longest time without a receipt while it lasted, in milliseconds. */
    long pauseMillis(Fault fault) {
        return pauses.getOrDefault(fault, 0L) / 1_000_000;
    }

    Map<String, LongAdder> unanswered() {
        return new TreeMap<>(unanswered);
    }

    Map<String, LongAdder> later() {
        return new TreeMap<>(later);
    }
}
