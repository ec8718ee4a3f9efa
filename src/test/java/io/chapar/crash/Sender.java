package io.chapar.crash;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Nonces;
import io.chapar.sandbox.post.Reply;
import io.chapar.sandbox.post.Scribe;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Sends one message after another, each until it holds the receipt, always the same bytes. Nobody else uses its
 * ordering keys, so the order in which it gets receipts is the order that receivers must see.
 */
final class Sender {

    private static final int KEYS = 3;
    private static final int IN_FIFTY = 50;
    private static final int ACCEPTED = 202;
    private static final int ACCEPTED_BEFORE = 200;
    private static final int TOO_MANY = 429;
    private static final int NOT_NOW = 503;
    private static final long LATER_MILLIS = 200;

    private record Held(Letter letter, byte[] receipt) {}

    private final long number;
    private final Random random;
    private final Scribe scribe;
    private final Mail mail;
    private final Gate gate;
    private final Sightings sightings;
    private final Tally tally;
    private final List<Journey> receipts = new ArrayList<>();
    private Optional<Held> last = Optional.empty();
    private long births;

    Sender(int number, long seed, Mail mail, Gate gate, Sightings sightings, Tally tally) {
        this.number = number;
        this.random = new Random(seed + number);
        this.scribe = new Scribe(random, Clock.systemUTC());
        this.mail = mail;
        this.gate = gate;
        this.sightings = sightings;
        this.tally = tally;
    }

    /** Whatever is begun when it is enough goes on until its receipt. */
    void send(BooleanSupplier enough) throws InterruptedException, Malformed {
        while (!enough.getAsBoolean()) {
            Optional<String> key = random.nextInt(KEYS + 1) < KEYS
                    ? Optional.of(number + "-" + random.nextInt(KEYS))
                    : Optional.empty();
            Draft draft = draft(key);
            Form form = random.nextBoolean() ? Form.REST_JSON : Form.REST_XML;
            Letter letter = Letters.of(draft, form, mail.signer(draft.sender()));
            Journey journey = new Journey(draft.messageId(), key, receivers(draft));
            sightings.expect(journey);
            byte[] receipt = untilReceipt(letter);
            receipts.add(journey);
            last = Optional.of(new Held(letter, receipt));
            if (random.nextInt(IN_FIFTY) == 0) {
                repeat();
            }
        }
    }

    /** The receipts that it holds, in the order in which it got them. */
    List<Journey> receipts() {
        return receipts;
    }

    private Draft draft(Optional<String> key) {
        int kind = random.nextInt(4);
        Draft draft = kind == 0
                ? scribe.birth()
                : kind == 1 || key.isEmpty()
                        ? Drafts.numberAssigned(
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                number * 10_000_000 + births++,
                                Nonces.next(),
                                Clock.systemUTC().instant())
                        : scribe.crossing();
        Map<String, Object> content = new LinkedHashMap<>(draft.content());
        if (content.get("header") instanceof Map<?, ?> header) {
            Map<Object, Object> keyed = new LinkedHashMap<>(header);
            key.ifPresent(one -> keyed.put("orderingKey", one));
            content.put("header", keyed);
        }
        return new Draft(draft.exchange(), draft.sender(), draft.messageId(), content);
    }

    private static Set<PartyCode> receivers(Draft draft) {
        return RealFiles.CATALOGUE.agreement(draft.exchange()).orElseThrow().receivers().stream()
                .map(Agreement.Receiver::party)
                .collect(Collectors.toUnmodifiableSet());
    }

    private byte[] untilReceipt(Letter letter) throws InterruptedException, Malformed {
        boolean unanswered = false;
        while (true) {
            try {
                Reply reply = mail.connection(letter.carrier()).send(letter);
                if (reply.status() == ACCEPTED || (reply.status() == ACCEPTED_BEFORE && unanswered)) {
                    tally.receipt(reply.status() == ACCEPTED_BEFORE);
                    belongs(reply, letter);
                    if (unanswered) {
                        repeat();
                    }
                    return reply.body();
                }
                comeLater(letter, reply);
            } catch (IOException e) {
                tally.unanswered(e);
                unanswered = true;
                gate.awaitOpen();
            }
        }
    }

    /** What it holds a receipt for is accepted no second time: the same receipt, to the byte, after a crash too. */
    private void repeat() throws InterruptedException {
        if (last.isEmpty()) {
            return;
        }
        Held held = last.get();
        while (true) {
            try {
                Reply reply = mail.connection(held.letter().carrier()).send(held.letter());
                if (reply.status() == ACCEPTED_BEFORE && Arrays.equals(reply.body(), held.receipt())) {
                    tally.sameReceipt();
                    return;
                }
                comeLater(held.letter(), reply);
            } catch (IOException e) {
                tally.unanswered(e);
                gate.awaitOpen();
            }
        }
    }

    private void comeLater(Letter letter, Reply reply) throws InterruptedException {
        if (reply.status() != TOO_MANY && reply.status() != NOT_NOW) {
            throw new AssertionError(letter.exchange() + " " + letter.messageId() + " was answered with "
                    + reply.status() + " " + reply.text());
        }
        tally.later(reply.refusal());
        gate.awaitChange(LATER_MILLIS);
    }

    private static void belongs(Reply reply, Letter letter) throws Malformed {
        String[] parts = reply.text().split("\\.", -1);
        Map<String, Object> receipt =
                HardenedJson.parse(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII)));
        if (!letter.messageId().toString().equals(receipt.get("messageId"))) {
            throw new AssertionError(letter.messageId() + " got the receipt of " + receipt.get("messageId"));
        }
    }
}
