package io.chapar.app.door;

import io.chapar.message.Content;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.History;
import io.chapar.record.MailboxEntry;
import io.chapar.record.MessageRecord;
import io.chapar.record.NotRecorded;
import io.chapar.record.Ties;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A record that remembers for as long as a test runs. */
public final class TestRecord extends MessageRecord {

    public static final PartyCode MH = new PartyCode("MH");
    public static final UUID KNOWN = UUID.fromString("6f4d3c1e-0b52-4c7e-9a55-1f2d3c4b5a69");
    public static final ExchangeVersion NOTICE = new ExchangeVersion("test-notice", "1.0");
    public static final byte[] PAYLOAD = "{\"note\":\"a note\"}".getBytes(StandardCharsets.UTF_8);

    private final Map<UUID, MailboxEntry> entries = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<MailboxEntry> visible = new ConcurrentLinkedQueue<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final Map<PartyCode, Integer> looks = new ConcurrentHashMap<>();
    private final Map<PartyCode, CountDownLatch> held = new ConcurrentHashMap<>();
    private volatile boolean away;

    public TestRecord() {
        this(folder());
    }

    private TestRecord(Path folder) {
        super(database(folder), keys(folder), store(folder), Clock.systemUTC());
    }

    /** What is not overridden here goes to a record of its own, which lives as long as the tests. */
    private static Path folder() {
        try {
            return Files.createTempDirectory("test-record");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database database(Path folder) {
        try {
            return Database.open("", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AttachmentStore store(Path folder) {
        try {
            return AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PayloadKeys keys(Path folder) {
        try {
            return PayloadKeys.open(folder, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a delivery for MH into its mailbox. */
    public MailboxEntry put() {
        MailboxEntry entry = entry();
        visible.add(entry);
        return entry;
    }

    /** A delivery that was handed out already. */
    public MailboxEntry entry() {
        MailboxEntry entry = new MailboxEntry(
                UUID.randomUUID(),
                KNOWN,
                new PartyCode("SPR"),
                NOTICE,
                "application/json",
                Optional.of("test..signature"),
                Digest.of(PAYLOAD),
                Digest.of(new byte[] {1}),
                1,
                Content.of(PAYLOAD));
        entries.put(entry.deliveryId(), entry);
        return entry;
    }

    /** How often this party's mailbox was looked at. */
    public int looks(PartyCode receiver) {
        return looks.getOrDefault(receiver, 0);
    }

    /** A look into this party's mailbox takes as long as until this is counted down. */
    public CountDownLatch hold(PartyCode receiver) {
        CountDownLatch until = new CountDownLatch(1);
        held.put(receiver, until);
        return until;
    }

    public void goAway(boolean gone) {
        away = gone;
    }

    @Override
    public List<MailboxEntry> handOut(PartyCode receiver, int max, Duration invisible) {
        looks.merge(receiver, 1, Integer::sum);
        CountDownLatch until = held.get(receiver);
        if (until != null) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotRecorded("interrupted", e);
            }
        }
        MailboxEntry next = receiver.equals(MH) ? visible.poll() : null;
        return next == null ? List.of() : List.of(next);
    }

    /** Whether it was recorded that this party was refused a body. */
    public boolean hasRefused(PartyCode party, String body, ProblemCode code) {
        return refusals.contains(party + " " + body + " " + code);
    }

    @Override
    public void refused(Passage.Refused refused, PartyCode party, Optional<String> exchange) {
        String body = new String(refused.arrived().body(), StandardCharsets.UTF_8);
        refusals.add(party + " " + body + " " + refused.problem().code());
        super.refused(refused, party, exchange);
    }

    @Override
    public Optional<MailboxEntry> mailboxEntry(PartyCode receiver, UUID deliveryId) {
        return receiver.equals(MH) ? Optional.ofNullable(entries.get(deliveryId)) : Optional.empty();
    }

    @Override
    public Optional<Digest> mailboxDigest(PartyCode receiver, UUID deliveryId) {
        return mailboxEntry(receiver, deliveryId).map(MailboxEntry::digest);
    }

    @Override
    public boolean acknowledgedFromMailbox(
            PartyCode receiver, UUID deliveryId, Digest digest, Proof proof, Instant at) {
        return true;
    }

    @Override
    public boolean refusedFromMailbox(PartyCode receiver, UUID deliveryId, String code, String text) {
        return mailboxEntry(receiver, deliveryId).isPresent() && !code.equals("too-late");
    }

    @Override
    public Optional<History> history(PartyCode viewer, PartyCode sender, UUID messageId) {
        if (away) {
            throw new NotRecorded("away");
        }
        return messageId.equals(KNOWN) && sender.equals(MH) ? Optional.of(history()) : Optional.empty();
    }

    @Override
    public History.Page messages(
            PartyCode sender, Instant since, Optional<String> state, Optional<String> cursor, int max) {
        if (cursor.filter("nonsense"::equals).isPresent()) {
            throw new IllegalArgumentException("no cursor");
        }
        return new History.Page(List.of(history()), Optional.empty());
    }

    private static History history() {
        Instant at = Instant.parse("2019-01-31T08:00:00Z");
        return new History(
                KNOWN,
                NOTICE,
                at,
                "waiting",
                List.of(new History.ReceiverHistory(
                        new PartyCode("SPR"), KNOWN, "waiting", at, 0, Optional.empty(), Optional.empty())),
                new Ties(Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }
}
