package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The record, as the stages see it. Every call that writes returns only when what it wrote is durable; many callers
 * share one commit. What cannot be made durable is refused ({@code not-durable}) or, where no sender waits for an
 * answer, thrown as {@link NotRecorded}.
 */
public class MessageRecord {
    private static UnsupportedOperationException soon() {
        return new UnsupportedOperationException("the record is being built");
    }

    public Acceptance accept(NewMessage message) throws Refusal {
        throw soon();
    }

    /** Calls the listener on the committing thread, after each commit, with the tickets in the order of commit. */
    public void onDurable(Consumer<List<Ticket>> listener) {
        throw soon();
    }

    public void refused(Passage.Refused refused, PartyCode authenticatedAs) {
        throw soon();
    }

    /** Claims the question's id; refuses {@code query-repeated}, {@code id-reused} or {@code not-durable}. */
    public void ask(Passage.Authorised question) throws Refusal {
        throw soon();
    }

    public void answered(Passage.Authorised question, Digest answerDigest, byte[] providerProof, boolean found) {
        throw soon();
    }

    public void unanswered(Passage.Authorised question, String reason) {
        throw soon();
    }

    /** Empty when it needs no delivering any more: acknowledged, withdrawn, parked, mailed. */
    public Optional<Dispatch.Due> due(UUID deliveryId) {
        throw soon();
    }

    /** Whether an earlier one with the same receiver and ordering key is not yet done with. */
    public boolean heldBack(UUID deliveryId) {
        throw soon();
    }

    public void ended(Dispatch.Ended ended) {
        throw soon();
    }

    /** Oldest first; what is handed out, and later ones with its ordering key, stay invisible for this long. */
    public List<MailboxEntry> handOut(PartyCode receiver, int max, Duration invisible) {
        throw soon();
    }

    /** The entry, also after it was acknowledged; empty for an id that is not this receiver's. */
    public Optional<MailboxEntry> mailboxEntry(PartyCode receiver, UUID deliveryId) {
        throw soon();
    }

    /** True when it is acknowledged now or was before; false when the digest or the receiver is not the right one. */
    public boolean acknowledgedFromMailbox(
            PartyCode receiver, UUID deliveryId, Digest digest, byte[] proof, @Nullable String signature, Instant at) {
        throw soon();
    }

    /** The receiver will not have it: parked. False when it is not in this receiver's mailbox. */
    public boolean refusedFromMailbox(PartyCode receiver, UUID deliveryId, String code, String text) {
        throw soon();
    }

    /** A parked one, and with it those held behind it, wait again; the tickets also go to the listener. */
    public List<Ticket> sendAgain(UUID deliveryId, String by) {
        throw soon();
    }

    /** Everything that is on its way, oldest first, for publishing again. */
    public void forEachWaiting(Consumer<Ticket> each) {
        throw soon();
    }

    /** Empty when there is none, or the viewer is neither its sender nor one of its receivers. */
    public Optional<History> history(PartyCode viewer, PartyCode sender, UUID messageId) {
        throw soon();
    }

    public List<History> messages(
            PartyCode sender, Instant since, Optional<String> state, Optional<String> cursor, int max) {
        throw soon();
    }

    public Equation equation() {
        throw soon();
    }

    /** With the delivery ids that the broker holds, so that each side can be held against the other. */
    public Equation equation(Set<UUID> inBroker) {
        throw soon();
    }

    public boolean healthy() {
        throw soon();
    }
}
