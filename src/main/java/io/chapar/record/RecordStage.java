package io.chapar.record;

import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.Header;
import io.chapar.message.Passage.Arrived;
import io.chapar.message.Passage.Authorised;
import io.chapar.message.Passage.Door;
import io.chapar.message.Passage.Recorded;
import io.chapar.message.Passage.Verified;
import io.chapar.message.ProblemCode;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.trust.Receipts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accepts: from here on the message is ours, durably, and the receipt may be told. */
public final class RecordStage implements Stage<Authorised, Recorded> {

    private final MessageRecord record;
    private final Receipts receipts;
    private final Deadlines deadlines;
    private final Effects effects;
    private final Clock clock;
    private final Duration mergeDelay;

    /** When the legal term of a message ends, if it has one. */
    @FunctionalInterface
    public interface Deadlines {
        Optional<Receipt.Deadline> of(Authorised message, Instant acceptedAt);
    }

    /** What a message does to the clocks of what must follow. */
    @FunctionalInterface
    public interface Effects {
        ClockEffects of(Authorised message);
    }

    /** @param mergeDelay within this time an acceptance is in the ledger */
    public RecordStage(
            MessageRecord record,
            Receipts receipts,
            Deadlines deadlines,
            Effects effects,
            Clock clock,
            Duration mergeDelay) {
        this.record = record;
        this.receipts = receipts;
        this.deadlines = deadlines;
        this.effects = effects;
        this.clock = clock;
        this.mergeDelay = mergeDelay;
    }

    @Override
    public Recorded apply(Authorised authorised) throws Refusal {
        Receipt receipt = receipt(authorised);
        byte[] jws = receipts.jws(receipt);
        boolean inXml = inXml(authorised.arrived());
        Optional<byte[]> xml = inXml ? Optional.of(receipts.xml(receipt)) : Optional.empty();
        Optional<Corrected> corrected = corrected(authorised.header());
        ClockEffects clocks = effects.of(authorised);
        Acceptance acceptance = record.accept(
                new NewMessage(authorised, receipt, jws, xml, tickets(authorised, corrected), corrected, clocks));
        if (acceptance instanceof Acceptance.Repeat before) {
            return new Recorded(
                    authorised.arrived(),
                    before.receipt(),
                    true,
                    before.jws(),
                    inXml ? Optional.of(xml(before)) : Optional.empty());
        }
        if (acceptance instanceof Acceptance.Reused && clocks.notice()) {
            throw new Refusal(ProblemCode.RULE, "The clock was stopped meanwhile, or its message was sent before.");
        }
        if (acceptance instanceof Acceptance.Reused) {
            throw new Refusal(
                    ProblemCode.ID_REUSED,
                    "This messageId was accepted before, with another content, from this sender.");
        }
        return new Recorded(authorised.arrived(), receipt, false, jws, xml);
    }

    /** Over SOAP the envelope is signed, and nothing inside the document. */
    private static boolean inXml(Arrived arrived) {
        return arrived.answerForm() == Format.XML && arrived.door() != Door.SOAP;
    }

    private byte[] xml(Acceptance.Repeat before) throws Refusal {
        Receipt receipt = before.receipt();
        return before.xml().isPresent() ? before.xml().get() : record.xmlReceipt(receipt, receipts.xml(receipt));
    }

    private Receipt receipt(Authorised authorised) {
        Verified verified = authorised.validated().verified();
        Header header = authorised.header();
        Instant acceptedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Receipt(
                UUID.randomUUID(),
                header.messageId(),
                header.exchange(),
                header.sender(),
                verified.contentDigest(),
                verified.bytesDigest(),
                acceptedAt,
                deadlines.of(authorised, acceptedAt),
                mergeDelay);
    }

    private Optional<Corrected> corrected(Header header) throws Refusal {
        if (header.corrects().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(record.corrected(header)
                    .orElseThrow(() -> new IllegalStateException("it is authorised only when this is there")));
        } catch (NotRecorded e) {
            throw new Refusal(ProblemCode.NOT_DURABLE, String.valueOf(e.getMessage()));
        }
    }

    /** What corrects another message stays behind it, also when neither has an ordering key. */
    private static List<Ticket> tickets(Authorised authorised, Optional<Corrected> corrected) {
        Agreement agreement = authorised.agreement();
        Optional<String> orderingKey = corrected.isPresent()
                ? corrected.map(Corrected::deliveryKey)
                : authorised.header().orderingKey();
        return authorised.receivers().stream()
                .map(receiver -> new Ticket(UUID.randomUUID(), receiver.party(), orderingKey, agreement.priority()))
                .toList();
    }
}
