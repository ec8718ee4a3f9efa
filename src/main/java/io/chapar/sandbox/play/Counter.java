package io.chapar.sandbox.play;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.MailWitness;
import io.chapar.sandbox.post.Reply;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Hands what happens to the tally of the present run, and wakes whoever waits for something to happen. */
public final class Counter implements Witness, MailWitness {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition happened = lock.newCondition();
    private volatile Tally tally = new Tally();

    /** Begins to count anew. */
    public Tally fresh() {
        Tally next = new Tally();
        tally = next;
        return next;
    }

    /**
     * Asks after each thing that happens, and now and then without one, until the answer is yes or the time is over.
     *
     * @return whether the answer was yes
     */
    public boolean await(BooleanSupplier answer, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (!answer.getAsBoolean()) {
            long left = Math.min(end - System.nanoTime(), 500_000_000L);
            if (left <= 0) {
                return false;
            }
            lock.lockInterruptibly();
            try {
                var unused = happened.awaitNanos(left);
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    private void wake() {
        lock.lock();
        try {
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sending(Letter letter, long due) {
        tally.sending(letter, due);
    }

    @Override
    public void answered(Letter letter, Reply reply, long due) {
        tally.answered(letter, reply, due);
    }

    @Override
    public void failed(Letter letter, String why) {
        tally.failed(letter, why);
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        tally.received(receiver, sender, messageId, exchange, first);
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        tally.acknowledged(deliveryId, sender, messageId, exchange);
        wake();
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        tally.turnedAway(receiver, why);
        wake();
    }
}
