package io.chapar.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery on its way out: the mirror image of a {@link Passage}. */
public sealed interface Dispatch {

    /** What is delivered to whom. */
    Due due();

    /**
     * A delivery that has been taken from the broker and that the record says is still to be made.
     *
     * @param attempt counts from 1
     * @param format in which the sender sent it
     * @param door by which it came in; for SOAP the document is still the envelope
     * @param document as the sender sent it, decrypted
     * @param originalDigest the content digest that the sender's receipt names
     * @param asked by {@link System#nanoTime}, before the record was asked for it
     */
    record Due(
            UUID deliveryId,
            int attempt,
            PartyCode receiver,
            UUID messageId,
            PartyCode sender,
            ExchangeVersion exchange,
            Optional<String> orderingKey,
            Passage.Door door,
            Format format,
            byte[] document,
            Digest originalDigest,
            List<Passage.Attachment> attachments,
            Instant acceptedAt,
            long asked)
            implements Dispatch {
        @Override
        public Due due() {
            return this;
        }
    }

    /** The document as this receiver may see it, in its format and version, not yet signed. */
    record Transformed(Due due, Format format, byte[] document) implements Dispatch {}

    /**
     * Ready to hand over.
     *
     * @param payload exactly what is handed over: XML with its signature, or JSON; for the SOAP channel the envelope
     * @param contentType of the payload
     * @param signature the detached JWS of a JSON payload
     * @param digest what the receiver must acknowledge: over the payload's bytes; for SOAP over the exclusive C14N of the
     *     body's child
     */
    record Signed(Due due, byte[] payload, String contentType, Optional<String> signature, Digest digest)
            implements Dispatch {}

    /** How a hand-over ended. A stopped channel is no end: the delivery stays in hand until it has one of these. */
    sealed interface Ended extends Dispatch {}

    /**
     * The receiver has it, and said so with the right digest.
     *
     * @param proof the acknowledgement as received
     * @param signature the receiver's signature over it, unless its entry says that it does not sign
     */
    record Acknowledged(
            Signed signed, byte[] proof, @Nullable String signature, Instant at) implements Ended {
        @Override
        public Due due() {
            return signed.due();
        }
    }

    /**
     * It lies in the receiver's mailbox, and still counts as waiting.
     *
     * @param signed with a payload that is complete but for these files
     * @param files which the record puts in their places whenever the payload is read, in the order of their places
     */
    record Mailed(Signed signed, List<Place> files) implements Ended {

        /** Where in the payload the file of this contentId belongs. */
        public record Place(int offset, String contentId) {}

        public Mailed {
            files = List.copyOf(files);
        }

        /** A payload that is complete. */
        public Mailed(Signed signed) {
            this(signed, List.of());
        }

        @Override
        public Due due() {
            return signed.due();
        }
    }

    /**
     * The receiver will not have this one, or it cannot be brought into the receiver's form.
     *
     * @param status the receiver's HTTP status; 0 when it was not asked
     * @param code of the table of problems, or one of those below
     */
    record Parked(Due due, int status, String code, String text) implements Ended {

        /** The receiver gave no code of the table. */
        public static final String REFUSED = "refused";

        /** What was kept of it is not what was accepted. */
        public static final String DAMAGED = "damaged";
    }

    /** It waits behind a parked one with the same ordering key. */
    record Held(Due due) implements Ended {}

    /** It ended while it was in hand here, or another node makes it: nothing more is done with it, and nothing recorded. */
    record LetGo(Due due) implements Ended {}
}
