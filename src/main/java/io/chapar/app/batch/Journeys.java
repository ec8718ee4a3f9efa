package io.chapar.app.batch;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Passage.Door;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.EncodedCertificates;
import io.chapar.trust.FlattenedJws;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Sends the messages of one batch the straight way, each as if it had come alone. */
final class Journeys {

    private final BatchId id;
    private final BatchFacts facts;
    private final List<X509Certificate> certificates;
    private final StraightWay way;
    private final CallerIdentity identity;
    private final RefusedAttempts attempts;
    private final int largest;
    private final Clock clock;

    /** @param largest message, in bytes */
    Journeys(
            BatchId id,
            BatchFacts facts,
            StraightWay way,
            CallerIdentity identity,
            RefusedAttempts attempts,
            int largest,
            Clock clock)
            throws IOException {
        this.id = id;
        this.facts = facts;
        this.certificates = certificates(facts.certificates());
        this.way = way;
        this.identity = identity;
        this.attempts = attempts;
        this.largest = largest;
        this.clock = clock;
    }

    /** What is in a part: a message, and the signature that stands beside it. */
    record Content(byte[] message, Optional<String> signature) {}

    /** @throws Refusal when a message cannot be taken out of it */
    Content open(Part part) throws Refusal {
        if (part.fault().isPresent()) {
            throw part.fault().get().refusal();
        }
        if (facts.signature().isPresent() || facts.zip()) {
            return new Content(part.bytes(), facts.signature());
        }
        try {
            FlattenedJws jws = FlattenedJws.read(part.bytes());
            if (jws.payload().length > largest) {
                throw new Refusal(ProblemCode.TOO_LARGE, "A message of a batch has at most " + largest + " bytes.");
            }
            return new Content(jws.payload(), Optional.of(jws.detached()));
        } catch (Malformed e) {
            throw new Refusal(
                    ProblemCode.MALFORMED, Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    Passage.Outcome travel(Part part, Content content) {
        return way.travel(arrived(part.number(), content));
    }

    /** Proves, by any message of it, that the batch was signed by the party that uploaded it. */
    void mustHaveSigned(byte[] message) throws Refusal {
        Passage.Arrived arrived = arrived(0, new Content(message, facts.signature()));
        identity.mustHaveSigned(identity.party(arrived), arrived);
    }

    /** A message, or the batch itself as number 0, that does not travel at all. */
    Passage.Refused refused(long number, Refusal refusal) {
        Passage.Arrived arrived = arrived(number, new Content(new byte[0], Optional.empty()));
        Passage.Refused refused = new Passage.Refused(arrived, refusal.problem(), Optional.empty());
        if (refusal.problem().code().retry() == ProblemCode.Retry.LATER) {
            return refused;
        }
        return attempts.noted(refused, id.party());
    }

    /** The record keeps the content type, and with it in which batch and where in it a message came. */
    private Passage.Arrived arrived(long number, Content content) {
        Format format = facts.zip() ? Format.XML : Format.JSON;
        String place = ";batch=" + id.id() + ";line=" + number;
        return new Passage.Arrived(
                Door.BATCH,
                id.exchange(),
                format.mediaType() + place + (facts.signature().isPresent() ? ";signed=batch" : ""),
                content.message(),
                content.signature(),
                certificates,
                Format.JSON,
                false,
                clock.instant(),
                Intake.newTraceId());
    }

    private static List<X509Certificate> certificates(List<String> encoded) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String each : encoded) {
            try {
                chain.add(EncodedCertificates.read(Base64.getDecoder().decode(each)));
            } catch (Malformed e) {
                throw new IOException("the certificate that a batch was uploaded with cannot be read", e);
            }
        }
        return chain;
    }
}
