package io.chapar.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the senders experienced, counted. */
final class Tally {

    private final LongAdder receipts = new LongAdder();
    private final LongAdder receiptsOfRepeats = new LongAdder();
    private final LongAdder sameReceipts = new LongAdder();
    private final Map<String, LongAdder> unanswered = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> later = new ConcurrentHashMap<>();

    /** @param before whether the gateway had accepted it before it answered this time */
    void receipt(boolean before) {
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

    String unanswered() {
        return new TreeMap<>(unanswered).toString();
    }

    String later() {
        return new TreeMap<>(later).toString();
    }
}
