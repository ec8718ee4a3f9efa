package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Header;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The record, as the stages see it. Every call that writes returns only when what it wrote is durable; many callers
 * share one commit. What cannot be made durable is refused ({@code not-durable}) or, where no sender waits for an
 * answer, thrown as {@link NotRecorded}.
 */
public class MessageRecord implements AutoCloseable {

    private static final int QUEUED = 8_192;
    private static final int SIGNERS_REMEMBERED = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final Tenure tenure;
    private final GroupCommit commits;
    private final PayloadKeys keys;
    private final Clock clock;
    private final Attachments attachments;
    private final WaitingDeliveries waiting;
    private final Deliveries deliveries;
    private final Mailbox mailbox;
    private final ParkedDeliveries parked;
    private final Questions questions;
    private final Histories histories;
    private final Equations equations;
    private final Corrections corrections;
    private final Clocks clocks;
    private final Set<Digest> signers = ConcurrentHashMap.newKeySet();

    public MessageRecord(Database database, PayloadKeys keys, AttachmentStore store, Clock clock) {
        this(database, keys, store, clock, QUEUED, LONGEST_WAIT);
    }

    MessageRecord(
            Database database, PayloadKeys keys, AttachmentStore store, Clock clock, int queued, Duration longestWait) {
        this.keys = keys;
        this.clock = clock;
        this.tenure = database.tenure();
        this.commits = new GroupCommit(database, queued, longestWait);
        this.attachments = new Attachments(database, store);
        this.waiting = new WaitingDeliveries(database);
        this.deliveries = new Deliveries(database, commits, keys, attachments, clock);
        this.mailbox = new Mailbox(database, commits, deliveries, keys, attachments, clock);
        this.parked = new ParkedDeliveries(database, commits, clock);
        this.questions = new Questions(database, commits, keys, clock);
        this.histories = new Histories(database, keys);
        this.equations = new Equations(database);
        this.corrections = new Corrections(database);
        this.clocks = new Clocks(database, commits, keys);
    }

    /** Refuses {@code not-durable} when it cannot be recorded; then nothing of it was. */
    public Acceptance accept(NewMessage message) throws Refusal {
        try {
            tenure.check();
            SealedMessage sealed = new SealedMessage(
                    SealedMessage.NOTIFICATION,
                    message.authorised(),
                    message.receipt().acceptedAt(),
                    keys);
            boolean known = signers.contains(sealed.signerDigest());
            Acceptance acceptance = commits.run(new AcceptWork(message, sealed, known));
            if (acceptance instanceof Acceptance.New && !known && signers.size() < SIGNERS_REMEMBERED) {
                signers.add(sealed.signerDigest());
            }
            return acceptance;
        } catch (NotRecorded e) {
            throw new Refusal(ProblemCode.NOT_DURABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Deletes the files of a message that went no further; those to which the record refers stay. */
    public void discard(List<Passage.Attachment> files) {
        attachments.discard(files);
    }

    /**
     * Keeps the receipt's XML form, unless one was kept before.
     *
     * @return the bytes that are in the record now
     * @throws Refusal {@code not-durable}
     */
    public byte[] xmlReceipt(Receipt receipt, byte[] xml) throws Refusal {
        try {
            return commits.run(new XmlReceiptWork(receipt, xml));
        } catch (NotRecorded e) {
            throw new Refusal(ProblemCode.NOT_DURABLE, String.valueOf(e.getMessage()));
        }
    }

    /** What a correction or withdrawal is about; empty when that is no own earlier message of the same exchange. */
    public Optional<Corrected> corrected(Header header) {
        return corrections.corrected(header);
    }

    /** Clocks that ran out until now, the earliest first, beginning behind the one given. */
    public List<DueClock> clocksDue(Instant now, Optional<DueClock> after, int max) {
        return clocks.due(now, after, max);
    }

    /** Whether a clock that was due is still to be told of. */
    public boolean isDue(DueClock clock, Instant now) {
        return clocks.isDue(clock, now);
    }

    /** When the next clock runs out that has not yet. */
    public Optional<Instant> nextClock(Instant now) {
        return clocks.next(now);
    }

    /** Forgets some of the marks that are older than this and that no running clock needs; how many, 0 when none is left. */
    public int forgetMarks(Instant before) {
        return clocks.forget(before);
    }

    /** Records that a clock ran out; false when it was stopped meanwhile, or another node was first. */
    public boolean ranOut(DueClock clock, Instant now) {
        return clocks.ranOut(clock, now);
    }

    /** Calls the listener on the committing thread, after each commit, with the tickets in the order of commit. */
    public void onDurable(Consumer<List<Ticket>> listener) {
        commits.onDurable(listener);
    }

    /**
     * What a party that is known was refused.
     *
     * @param exchange one of the catalogue: anything else is the party's own word, and no word of a party enters the ledger
     */
    public void refused(Passage.Refused refused, PartyCode authenticatedAs, Optional<String> exchange) {
        EventBytes event = EventBytes.of("refused", clock.instant())
                .text("party", authenticatedAs.value())
                .text("code", refused.problem().code().code())
                .text("traceId", refused.arrived().traceId())
                .id("messageId", refused.messageId());
        exchange.ifPresent(known -> event.text("exchange", known));
        commits.run(new EventWork(event));
    }

    /** Claims the question's id; refuses {@code query-repeated}, {@code id-reused} or {@code not-durable}. */
    public void ask(Passage.Authorised question) throws Refusal {
        Questions.Asked asked;
        try {
            asked = questions.ask(
                    question,
                    new SealedMessage(
                            SealedMessage.QUESTION, question, question.arrived().at(), keys));
        } catch (NotRecorded e) {
            throw new Refusal(ProblemCode.NOT_DURABLE, String.valueOf(e.getMessage()));
        }
        switch (asked) {
            case NEW -> {}
            case REPEATED ->
                throw new Refusal(
                        ProblemCode.QUERY_REPEATED,
                        "A query of this messageId was asked before. If no answer came, it was lost on its way or the"
                                + " gateway stopped before it was given: ask again, under a new messageId.");
            case REUSED ->
                throw new Refusal(ProblemCode.ID_REUSED, "This messageId was used before for another content.");
        }
    }

    public void answered(Passage.Authorised question, Digest answerDigest, byte[] providerProof, boolean found) {
        questions.answered(question, answerDigest, providerProof, found);
    }

    public void unanswered(Passage.Authorised question, String reason) {
        questions.unanswered(question, reason);
    }

    /** Empty when it needs no delivering any more: acknowledged, withdrawn, parked, mailed. */
    public Optional<Dispatch.Due> due(UUID deliveryId) {
        return deliveries.due(deliveryId);
    }

    /**
     * Whether what was due is so still: it did not end meanwhile, and no other node took it over. The record is asked again
     * only if that may be.
     *
     * @param askAnew whether time passed in which it may have ended
     * @throws NotRecorded while that cannot be known
     */
    public boolean stillDue(Dispatch.Due due, boolean askAnew) {
        return deliveries.stillDue(due, askAnew);
    }

    /** Whether an earlier one with the same receiver and ordering key is not yet done with. */
    public boolean heldBack(UUID deliveryId) {
        return deliveries.heldBack(deliveryId);
    }

    public void ended(Dispatch.Ended ended) {
        deliveries.ended(ended);
    }

    /** Oldest first; what is handed out, and later ones with its ordering key, stay invisible for this long. */
    public List<MailboxEntry> handOut(PartyCode receiver, int max, Duration invisible) {
        return mailbox.handOut(receiver, max, invisible, Set.of()).toList();
    }

    /**
     * The same, without these, whatever time has passed: they are known to lie before their receiver still. Each is opened
     * when its turn in the stream comes, so that the contents of many do not lie in memory at once.
     */
    public Stream<MailboxEntry> handOut(PartyCode receiver, int max, Duration invisible, Set<UUID> except) {
        return mailbox.handOut(receiver, max, invisible, except);
    }

    /** The entry, also after it was acknowledged; empty for an id that is not this receiver's. */
    public Optional<MailboxEntry> mailboxEntry(PartyCode receiver, UUID deliveryId) {
        return mailbox.entry(receiver, deliveryId);
    }

    /** The digest of what this receiver is to fetch, or has fetched, under this id, without reading it. */
    public Optional<Digest> mailboxDigest(PartyCode receiver, UUID deliveryId) {
        return mailbox.digest(receiver, deliveryId);
    }

    /** True when it is acknowledged now or was before; false when the digest or the receiver is not the right one. */
    public boolean acknowledgedFromMailbox(
            PartyCode receiver, UUID deliveryId, Digest digest, Proof proof, Instant at) {
        return mailbox.acknowledged(receiver, deliveryId, digest, proof, at);
    }

    /** Whether this receiver would not have it, or its sender took it back. */
    public boolean isRefused(PartyCode receiver, UUID deliveryId) {
        return mailbox.isRefused(receiver, deliveryId);
    }

    /** The receiver will not have it: parked. False when it is not in this receiver's mailbox. */
    public boolean refusedFromMailbox(PartyCode receiver, UUID deliveryId, String code, String text) {
        return mailbox.refused(receiver, deliveryId, code, text);
    }

    /** What an administrator is to look at, and may send again. */
    public ParkedDeliveries parked() {
        return parked;
    }

    /** Everything that is on its way by this node's transport, oldest first, for publishing again. */
    public void forEachWaiting(Consumer<Ticket> each) {
        waiting.forEach(each);
    }

    /** Empty when there is none, or the viewer is neither its sender nor one of its receivers. */
    public Optional<History> history(PartyCode viewer, PartyCode sender, UUID messageId) {
        return histories.history(viewer, sender, messageId);
    }

    /**
     * A sender's own, from the first that was accepted at or after this time, in the order of recording.
     *
     * @param since of a message that was listed before: then nothing recorded meanwhile is missed
     * @param cursor of the message behind which it goes on; then {@code since} says nothing
     * @throws IllegalArgumentException when the cursor is none that was given
     */
    public History.Page messages(
            PartyCode sender, Instant since, Optional<String> state, Optional<String> cursor, int max) {
        return histories.messages(sender, since, state, cursor, max);
    }

    public Equation equation() {
        return equations.count(Optional.empty());
    }

    /** With the delivery ids that the broker holds, so that each side can be held against the other. */
    public Equation equation(DeliveryIds inBroker) {
        return equations.count(Optional.of(inBroker));
    }

    /** Why this node takes no work although the database is there, and what is to be done. */
    public Optional<String> complaint() {
        return tenure.complaint();
    }

    /** Whether a message could be recorded now: a transaction is begun and committed, with nothing in it. */
    public boolean healthy() {
        if (complaint().isPresent()) {
            return false;
        }
        try {
            return commits.run(new EventWork(null));
        } catch (NotRecorded e) {
            return false;
        }
    }

    /** What was set or reloaded, told by digest: which agreements, parties and settings were in force from then on. */
    public void configurationChanged(String what, Digest digest) {
        commits.run(new EventWork(EventBytes.of("configuration-changed", clock.instant())
                .text("what", what)
                .digest("digest", digest)));
    }

    /** Where the ledger writes its entries: in the same groups as everything else. */
    public LedgerTables ledgerTables(Database database) {
        return new LedgerTables(database, commits);
    }

    /** Who destroys what was kept long enough; a timestamp must prove that it was, where there are any. */
    public Retention retention(Database database, boolean timestamped) {
        return new Retention(database, commits, keys, clock, timestamped);
    }

    /** This node among those that share the database, known by what stands in its data folder. */
    public Nodes nodes(Database database, UUID self, boolean sharedBroker) {
        return new Nodes(database, commits, self, sharedBroker);
    }

    /** The same, with another grace for nodes that are gone. */
    Nodes nodes(Database database, UUID self, Duration grace) {
        return new Nodes(database, commits, self, false, grace);
    }

    /** Takes nothing new, and returns when what was taken is durable. */
    @Override
    public void close() {
        commits.close();
    }
}
