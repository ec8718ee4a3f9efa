package io.chapar.app.queue;

import io.chapar.app.broker.NotKept;
import io.chapar.app.broker.PartyQueues;
import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.Defects;
import io.chapar.app.door.EvenTurns;
import io.chapar.app.door.Intake;
import io.chapar.app.door.Preference;
import io.chapar.app.door.ProblemDocument;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.deliver.Halted;
import io.chapar.deliver.Patience;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.message.Violation;
import io.chapar.record.NotRecorded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Takes what a party wrote to its queue along the straight way, and makes the answer. While nothing can be recorded it
 * waits with the message in hand: nothing is lost in a queue, so there is nothing that its sender would have to repeat.
 */
public final class QueueDoor {

    /** They say that nothing was accepted now and that the same message will be, later. */
    private static final Set<ProblemCode> LATER =
            Set.of(ProblemCode.NOT_DURABLE, ProblemCode.NO_TIMESTAMP, ProblemCode.QUOTA);

    /** Of messages that are held in memory as a whole, and are large. */
    private static final int LARGE_AT_ONCE = 2;

    private final StraightWay way;
    private final Acknowledgements acknowledgements;
    private final RefusedAttempts attempts;
    private final PartyDirectory parties;
    private final Signer signer;
    private final QueueEncryption encryption;
    private final Patience patience;
    private final BiConsumer<PartyCode, UUID> ended;
    private final Predicate<PartyCode> room;
    private final Defects defects;
    private final int maximumBytes;
    private final Clock clock;

    /** A party has one at a time, since its queue is read by one: while a provider is asked for it, the others go on. */
    private final EvenTurns<PartyCode> inMemory = new EvenTurns<>(LARGE_AT_ONCE, LARGE_AT_ONCE);

    /**
     * @param ended is told the deliveries about which a party has said its word
     * @param room whether one more answer has its place in the queue that a party reads
     * @param maximumBytes of a message without attachments, and of a JWE
     */
    public QueueDoor(
            StraightWay way,
            Acknowledgements acknowledgements,
            RefusedAttempts attempts,
            PartyDirectory parties,
            Signer signer,
            QueueEncryption encryption,
            Patience patience,
            BiConsumer<PartyCode, UUID> ended,
            Predicate<PartyCode> room,
            Defects defects,
            int maximumBytes,
            Clock clock) {
        this.way = way;
        this.acknowledgements = acknowledgements;
        this.attempts = attempts;
        this.parties = parties;
        this.signer = signer;
        this.encryption = encryption;
        this.patience = patience;
        this.ended = ended;
        this.room = room;
        this.defects = defects;
        this.maximumBytes = maximumBytes;
        this.clock = clock;
    }

    /**
     * The answer; none to an acknowledgement that is taken. Nothing more is taken from a party that does not read its
     * answers, until it does; but what it acknowledges is.
     */
    Optional<Letter> answer(PartyCode owner, Written written) {
        boolean acknowledges = written.kind().equals(Kind.ACKNOWLEDGEMENT.word());
        if (!acknowledges) {
            patience.until(() -> room.test(owner));
        }
        Passage.Arrived arrived = new Passage.Arrived(
                Passage.Door.QUEUE,
                written.exchange(),
                written.contentType(),
                new byte[0],
                written.signature(),
                written.certificates(),
                Preference.of("", written.contentType()),
                false,
                clock.instant(),
                Intake.newTraceId());
        Optional<Letter> answer = patience.untilRecorded(() -> told(owner, written, arrived))
                .map(letter -> letter.answering(written.messageId()));
        if (acknowledges && answer.isPresent()) {
            patience.until(() -> room.test(owner));
        }
        return answer;
    }

    /** A defect of ours at this message is an answer too, after a few tries: what comes behind must not wait for ever. */
    private Optional<Letter> told(PartyCode owner, Written written, Passage.Arrived facts) {
        if (!written.isLarge() || written.isStreamed()) {
            return toldNow(owner, written, facts);
        }
        try {
            inMemory.take(owner, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halted();
        }
        try {
            return toldNow(owner, written, facts);
        } finally {
            inMemory.giveBack(false);
        }
    }

    private Optional<Letter> toldNow(PartyCode owner, Written written, Passage.Arrived facts) {
        Passage.Arrived arrived = facts;
        Problem problem;
        try (InputStream body = written.body().open()) {
            check(owner, written);
            arrived = encryption.opened(owner, read(facts, written, body));
            return answer(owner, written, arrived);
        } catch (Refusal refusal) {
            problem = refusal.problem();
        } catch (NotRecorded | Halted later) {
            throw later;
        } catch (IOException e) {
            throw new UncheckedIOException("what was taken from a queue cannot be read", e);
        } catch (RuntimeException defect) {
            problem = defects.problem(arrived, defect);
        }
        mayBeTold(problem);
        attempts.note(new Passage.Refused(arrived, problem, Optional.empty()), owner);
        return Optional.of(problem(problem, Optional.empty(), arrived));
    }

    private Passage.Arrived read(Passage.Arrived facts, Written written, InputStream body) throws Refusal, IOException {
        boolean streamed = written.isStreamed();
        if (!streamed && written.body().size() > maximumBytes) {
            throw new Refusal(
                    ProblemCode.TOO_LARGE,
                    "At most " + maximumBytes + " bytes are taken without attachments, or as one JWE.");
        }
        return new Passage.Arrived(
                facts.door(),
                facts.exchange(),
                facts.contentType(),
                streamed ? new byte[0] : body.readAllBytes(),
                streamed ? Optional.of(body) : Optional.empty(),
                facts.detachedSignature(),
                facts.clientCertificates(),
                facts.answerForm(),
                facts.validateOnly(),
                facts.at(),
                facts.traceId());
    }

    private Optional<Letter> answer(PartyCode owner, Written written, Passage.Arrived arrived) throws Refusal {
        if (written.kind().equals(Kind.MESSAGE.word())) {
            return Optional.of(letter(way.travel(arrived)));
        }
        if (written.kind().equals(Kind.ACKNOWLEDGEMENT.word())) {
            ended.accept(owner, acknowledgements.take(arrived, written.deliveryId()));
            return Optional.empty();
        }
        throw rule("kind", "message or acknowledgement");
    }

    private void check(PartyCode owner, Written written) throws Refusal {
        if (written.notKept().isPresent()) {
            NotKept reason = written.notKept().get();
            throw new Refusal(reason.code(), reason.detail());
        }
        // The broker asked the same when it was written; the directory may have changed since.
        boolean anothers = written.certificate()
                .flatMap(parties::byTlsCertificate)
                .filter(party -> !party.code().equals(owner))
                .isPresent();
        if (anothers) {
            throw new Refusal(
                    ProblemCode.UNKNOWN_CERTIFICATE, "The certificate that wrote this is another party's by now.");
        }
        if (written.replyTo()
                .filter(queue -> !queue.equals(PartyQueues.out(owner)))
                .isPresent()) {
            throw rule("reply-to", "absent, or " + PartyQueues.out(owner));
        }
    }

    private Letter letter(Passage.Outcome outcome) {
        if (outcome instanceof Passage.Recorded recorded) {
            Optional<byte[]> xml = recorded.arrived().answerForm() == Format.XML ? recorded.xml() : Optional.empty();
            return Letter.of(
                            Kind.RECEIPT,
                            xml.isPresent() ? Format.XML.mediaType() : "application/jose",
                            xml.orElse(recorded.jws()),
                            Optional.empty())
                    .with("exchange", recorded.receipt().exchange().exchange());
        }
        if (outcome instanceof Passage.Answered answered) {
            return Letter.of(Kind.ANSWER, answered.format().mediaType(), answered.document(), answered.signature())
                    .with("exchange", outcome.arrived().exchange());
        }
        if (outcome instanceof Passage.Refused refused) {
            mayBeTold(refused.problem());
            return problem(refused.problem(), refused.messageId(), refused.arrived());
        }
        throw new IllegalStateException("a queue has no question whether something would be accepted");
    }

    private static void mayBeTold(Problem problem) {
        if (LATER.contains(problem.code())) {
            throw new NotRecorded(problem.code().code() + ": " + problem.detail());
        }
    }

    private Letter problem(Problem problem, Optional<UUID> messageId, Passage.Arrived arrived) {
        byte[] body = new ProblemDocument(problem, messageId, arrived.traceId()).json();
        return Letter.of(Kind.PROBLEM, ProblemDocument.JSON, body, Optional.of(signer.detachedJws(body)));
    }

    private static Refusal rule(String place, String expected) {
        return new Refusal(Problem.of(
                ProblemCode.RULE,
                "Expected as " + place + ": " + expected + ".",
                List.of(new Violation("/" + place, expected))));
    }
}
