package io.chapar.sandbox.load;

import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many senders in the same moment, each on a connection of its own. Afterwards each message's receipt, history and payload
 * must be that of this message and of no other.
 */
public final class SenderCrowd {

    private static final int EACH = 3;
    private static final long PATIENCE_MINUTES = 5;
    private static final long COME_AGAIN_MILLIS = 1_000;
    private static final PartyCode STRANGER = new PartyCode("MT");
    private static final int EVERY_SO_MANY = 10;

    private final Mail mail;
    private final Source source;
    private final Checks checks;
    private final Holdings holdings;
    private final Queue<Source.Item> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Set<String> receiptIds = ConcurrentHashMap.newKeySet();
    private final Set<UUID> delivered = ConcurrentHashMap.newKeySet();
    private final Set<String> deliveryIds = ConcurrentHashMap.newKeySet();
    private final AtomicLong toldToComeAgain = new AtomicLong();

    /** @param mail with as many connections for each agency as there are senders */
    public SenderCrowd(Mail mail, Source source, Checks checks, Holdings holdings) {
        this.mail = mail;
        this.source = source;
        this.checks = checks;
        this.holdings = holdings;
    }

    /** Returns when each sender has the receipts of its messages. */
    public void send(int senders) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(senders);
        together(senders, senders, number -> {
            List<Source.Item> items = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                items.add(source.next(mail));
            }
            ready.countDown();
            ready.await();
            for (Source.Item item : items) {
                send(item);
            }
        });
    }

    private void send(Source.Item item) throws InterruptedException {
        Letter letter = item.letter();
        try {
            Reply reply = mail.send(letter, System.nanoTime());
            while (!reply.accepted() && reply.retryAfter().isPresent()) {
                toldToComeAgain.incrementAndGet();
                comeAgain(reply.retryAfter().get());
                reply = mail.send(letter, System.nanoTime());
            }
            if (reply.accepted()) {
                receipt(letter, reply);
                accepted.add(item);
            } else {
                wrong.add(letter.messageId() + " was refused with " + reply.status() + " " + reply.refusal());
            }
        } catch (IOException e) {
            wrong.add(letter.messageId() + " got no answer: " + e.getClass().getSimpleName());
        }
    }

    private static void comeAgain(String seconds) throws InterruptedException {
        var nobody = new CountDownLatch(1).await(Long.parseLong(seconds) * COME_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (nobody) {
            throw new IllegalStateException("nobody counts this down");
        }
    }

    private void receipt(Letter letter, Reply reply) {
        boolean soap = letter.path().startsWith("/ws/");
        try {
            Content told =
                    (soap ? checks.envelope(reply.body()) : checks.compact(reply.text(), Receipts.TYPE)).content();
            expect(letter, "receipt's message", letter.messageId().toString(), told.must("/messageId"));
            expect(letter, "receipt's sender", letter.carrier().value(), told.must("/sender"));
            expect(letter, "receipt's exchange", letter.exchange(), told.must("/exchange"));
            if (!soap && !letter.contentType().startsWith("multipart/")) {
                expect(letter, "receipt's digest", Digest.of(letter.body()).value(), told.must("/bytesDigest"));
            }
            if (!receiptIds.add(told.must("/receiptId"))) {
                wrong.add(letter.messageId() + " has a receipt that another message has, too");
            }
        } catch (Malformed | SignatureRefused | IllegalArgumentException e) {
            wrong.add(letter.messageId() + " got something that is no receipt: " + e.getMessage());
        }
    }

    /** Once everything is delivered: asks for each message's history, at many a time, and looks at what receivers hold. */
    public void compare(int atOnce) throws InterruptedException {
        List<Source.Item> all = List.copyOf(accepted);
        together(all.size(), atOnce, number -> {
            Source.Item item = all.get(number);
            history(item);
            expect(
                    item.letter(),
                    "receivers",
                    new TreeSet<>(item.receivers()).toString(),
                    new TreeSet<>(holdings.of(item.letter().messageId())).toString());
            if (number % EVERY_SO_MANY == 0) {
                stranger(item.letter());
            }
        });
        wrong.addAll(holdings.wrong());
    }

    private void history(Source.Item item) {
        Letter letter = item.letter();
        try {
            Map<String, Object> told = told(letter);
            expect(letter, "history's message", letter.messageId().toString(), text(told, "messageId"));
            expect(letter, "history's sender", letter.carrier().value(), text(told, "sender"));
            expect(letter, "history's exchange", letter.exchange(), text(told, "exchange"));
            Set<PartyCode> receivers = new TreeSet<>();
            if (told.get("receivers") instanceof List<?> list) {
                for (Object one : list) {
                    Map<?, ?> receiver = (Map<?, ?>) one;
                    receivers.add(new PartyCode(text(receiver, "receiver")));
                    expect(letter, "history's state", "delivered", text(receiver, "state"));
                    if (!deliveryIds.add(text(receiver, "deliveryId"))) {
                        wrong.add(letter.messageId() + " has a delivery that another message has, too");
                    }
                }
            }
            expect(letter, "history's receivers", new TreeSet<>(item.receivers()).toString(), receivers.toString());
        } catch (IOException | Malformed e) {
            wrong.add(letter.messageId() + " has no history: " + e.getMessage());
        }
    }

    /** Who neither sent nor received it learns nothing. */
    private void stranger(Letter letter) {
        try {
            Reply reply = mail.connection(STRANGER)
                    .get("/api/v1/messages/" + letter.messageId() + "?sender=" + letter.carrier());
            expect(letter, "answer to a stranger", "unknown-message", reply.refusal());
        } catch (IOException e) {
            wrong.add(STRANGER + " got no answer: " + e.getClass().getSimpleName());
        }
    }

    private static String text(Map<?, ?> told, String name) {
        return String.valueOf(told.get(name));
    }

    private void expect(Letter letter, String what, String own, String found) {
        if (!own.equals(found)) {
            wrong.add(
                    letter.exchange() + " " + letter.messageId() + ": " + what + " is " + found + " instead of " + own);
        }
    }

    /** Whether each receiver has what is its own of what was accepted. */
    public boolean everythingArrived() {
        return accepted.stream()
                .allMatch(item -> holdings.of(item.letter().messageId()).containsAll(item.receivers()));
    }

    /** Whether the gateway says so, too: an acknowledgement is recorded a moment after its receiver has given it. */
    public boolean everythingDelivered() {
        return accepted.stream().map(Source.Item::letter).allMatch(this::delivered);
    }

    private boolean delivered(Letter letter) {
        if (delivered.contains(letter.messageId())) {
            return true;
        }
        try {
            return text(told(letter), "state").equals("delivered") && delivered.add(letter.messageId());
        } catch (IOException | Malformed e) {
            wrong.add(letter.messageId() + " has no history: " + e.getMessage());
            return false;
        }
    }

    private Map<String, Object> told(Letter letter) throws IOException, Malformed {
        return HardenedJson.parse(mail.connection(letter.carrier())
                .get("/api/v1/messages/" + letter.messageId())
                .body());
    }

    /** Messages with a receipt. */
    public int accepted() {
        return accepted.size();
    }

    /** How often a sender was told to come again, and did. */
    public long toldToComeAgain() {
        return toldToComeAgain.get();
    }

    /** What must not have happened, in words. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    @FunctionalInterface
    private interface Work {
        void of(int number) throws InterruptedException;
    }

    private void together(int times, int atOnce, Work work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            for (int i = 0; i < times; i++) {
                int number = i;
                threads.execute(() -> {
                    try {
                        work.of(number);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        wrong.add("a sender failed: " + e);
                    }
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                wrong.add("after " + PATIENCE_MINUTES + " minutes some senders still wait");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
