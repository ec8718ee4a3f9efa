package io.chapar.sandbox.group;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A part of a run, from one thing that is done to the next. For any thread. */
final class Stretch {

    private final String name;
    private final LongAdder sent = new LongAdder();
    private final LongAdder receipts = new LongAdder();
    private final LongAdder arrivals = new LongAdder();
    private final AtomicLong longestWithoutReceipt = new AtomicLong();
    private final AtomicLong longestWithoutArrival = new AtomicLong();
    private final AtomicLong slowestArrival = new AtomicLong();

    Stretch(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void sent() {
        sent.increment();
    }

    /** @param pause nanoseconds since the one before */
    void receipt(long pause) {
        receipts.increment();
        longestWithoutReceipt.accumulateAndGet(pause, Math::max);
    }

    /** @param pause nanoseconds since the one before */
    void arrival(long pause) {
        arrivals.increment();
        longestWithoutArrival.accumulateAndGet(pause, Math::max);
    }

    /** @param nanos from when it was to be sent until it arrived */
    void took(long nanos) {
        slowestArrival.accumulateAndGet(nanos, Math::max);
    }

    long sentMessages() {
        return sent.sum();
    }

    long receiptsGiven() {
        return receipts.sum();
    }

    long arrivalsSeen() {
        return arrivals.sum();
    }

    /** In which no sender was given a receipt, in seconds. */
    double secondsWithoutReceipt() {
        return longestWithoutReceipt.get() / 1e9;
    }

    /** In which no receiver was given anything, in seconds. */
    double secondsWithoutArrival() {
        return longestWithoutArrival.get() / 1e9;
    }

    /** Of a message that was sent in it, in seconds. */
    double slowestSeconds() {
        return slowestArrival.get() / 1e9;
    }
}
