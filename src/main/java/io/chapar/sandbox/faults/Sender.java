package io.chapar.sandbox.faults;

import io.chapar.sandbox.post.Mail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Sends one message after another, each until it holds the receipt, always the same message over the same channel. Nobody
 * else uses its ordering keys, so the order in which it gets receipts is the order that receivers must see.
 */
final class Sender {

    private static final int IN_FIFTY = 50;
    private static final long LATER_MILLIS = 200;

    /**
     * What all senders share.
     *
     * @param forgetful whether receipts get lost on their way just now
     */
    record Ground(Mail mail, Doors doors, Gate gate, Sightings sightings, Tally tally, BooleanSupplier forgetful) {}

    private record Held(Writing writing, Doors.Receipt receipt) {}

    private final Correspondence correspondence;
    private final Random random;
    private final Ground ground;
    private final long nanosEach;
    private final List<Journey> receipts = new ArrayList<>();
    private Optional<Held> last = Optional.empty();

    /** @param perSecond how many messages at most */
    Sender(Correspondence correspondence, double perSecond, Ground ground) {
        this.correspondence = correspondence;
        this.random = correspondence.random();
        this.ground = ground;
        this.nanosEach = (long) (1e9 / perSecond);
    }

    /** Whatever is begun when it is enough goes on until its receipt. */
    void send(BooleanSupplier enough) throws InterruptedException {
        long due = System.nanoTime();
        while (!enough.getAsBoolean()) {
            // What was missed while the gateway was away is not made up for.
            due = Math.max(due + nanosEach, System.nanoTime() - nanosEach);
            ground.gate().pass(due);
            Correspondence.Item item = correspondence.next();
            Writing writing = new Writing(
                    item.draft(),
                    Way.any(random),
                    ground.mail().signer(item.draft().sender()));
            Journey journey = new Journey(item.draft().messageId(), item.key(), item.receivers());
            ground.sightings().expect(journey);
            Held held = new Held(writing, untilReceipt(writing));
            receipts.add(journey);
            if (ground.forgetful().getAsBoolean() || random.nextInt(IN_FIFTY) == 0) {
                repeat(held);
            }
            last = Optional.of(held);
        }
    }

    /** The receipts that it holds, in the order in which it got them. */
    List<Journey> receipts() {
        return receipts;
    }

    private Doors.Receipt untilReceipt(Writing writing) throws InterruptedException {
        boolean unanswered = false;
        while (true) {
            try {
                Doors.Said said = ground.doors().hand(writing.letter(), writing.way());
                if (said instanceof Doors.Receipt receipt) {
                    if (receipt.before() && !unanswered) {
                        throw new BrokenPromise(writing.draft().messageId() + " counts as a repeat, and was sent once");
                    }
                    ground.tally().receipt(receipt.before());
                    if (unanswered && last.isPresent()) {
                        repeat(last.get());
                    }
                    return receipt;
                }
                later(said);
            } catch (IOException e) {
                ground.tally().unanswered(e);
                unanswered = true;
                ground.gate().awaitChange(LATER_MILLIS);
            }
        }
    }

    /** What it holds a receipt for is accepted no second time: the same receipt, to the byte, after a crash too. */
    private void repeat(Held held) throws InterruptedException {
        while (true) {
            try {
                Doors.Said said = ground.doors()
                        .hand(held.writing().letter(), held.writing().way());
                if (said instanceof Doors.Receipt again) {
                    same(held, again);
                    ground.tally().sameReceipt();
                    return;
                }
                later(said);
            } catch (IOException e) {
                ground.tally().unanswered(e);
                ground.gate().awaitChange(LATER_MILLIS);
            }
        }
    }

    /** An envelope is signed anew each time; what is in it is not. */
    private static void same(Held held, Doors.Receipt again) {
        boolean bytes = held.writing().way() == Way.SOAP
                || Arrays.equals(again.bytes(), held.receipt().bytes());
        if (!bytes || !again.id().equals(held.receipt().id())) {
            throw new BrokenPromise(held.writing().draft().messageId() + " got another receipt when it was sent again");
        }
    }

    private void later(Doors.Said said) throws InterruptedException {
        if (said instanceof Doors.Later later) {
            ground.tally().later(later.code());
            ground.gate().awaitChange(LATER_MILLIS);
        }
    }
}
