package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a batch through before any of its messages travels: whether it can be read to its end, how many messages it has,
 * and, if it is signed as a whole, whether that signature is over exactly these bytes.
 */
final class Inspection {

    /** A line is a JWS that carries its message in base64, with a header that has room for certificates. */
    private static final int HEADER = 65_536;

    private final BatchSettings settings;
    private final BatchSignatures signatures;

    Inspection(BatchSettings settings, BatchSignatures signatures) {
        this.settings = settings;
        this.signatures = signatures;
    }

    /**
     * What was found.
     *
     * @param first a message that can be taken, if there is one
     * @param covered the messages under the batch's signature, which verify until this is closed
     */
    record Inspected(long messages, Optional<byte[]> first, Optional<BatchSignatures.Covered> covered)
            implements AutoCloseable {
        @Override
        public void close() {
            covered.ifPresent(BatchSignatures.Covered::close);
        }
    }

    /** @throws Refusal when the batch as a whole cannot be taken */
    Inspected read(Batch batch) throws Refusal, IOException {
        try {
            Optional<String> signature = batch.facts().signature();
            return signature.isPresent()
                    ? signed(batch, signatures.read(signature.get()))
                    : count(parts(batch, batch.content()), Optional.empty());
        } catch (SignatureRefused e) {
            ProblemCode code = switch (e.fault()) {
                case MISSING -> ProblemCode.SIGNATURE_MISSING;
                case INVALID -> ProblemCode.SIGNATURE_INVALID;
                case INCOMPLETE -> ProblemCode.SIGNATURE_INCOMPLETE;
            };
            throw new Refusal(code, Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    /** The batch's messages once more, from the first. */
    Parts parts(Batch batch) throws IOException {
        return parts(batch, batch.content());
    }

    private Inspected signed(Batch batch, BatchSignatures.Reading reading)
            throws Refusal, IOException, SignatureRefused {
        Inspected counted = count(parts(batch, new Fed(batch.content(), reading)), Optional.of(reading));
        return new Inspected(counted.messages(), counted.first(), Optional.of(reading.finish()));
    }

    private Inspected count(Parts read, Optional<BatchSignatures.Reading> reading) throws Refusal, IOException {
        long messages = 0;
        Optional<byte[]> first = Optional.empty();
        try (Parts parts = read) {
            for (Optional<Part> part = parts.next(); part.isPresent(); part = parts.next()) {
                if (++messages > settings.mostMessages()) {
                    throw new Refusal(
                            ProblemCode.TOO_LARGE, "A batch has at most " + settings.mostMessages() + " messages.");
                }
                byte[] bytes = part.get().bytes();
                if (part.get().fault().isEmpty()) {
                    reading.ifPresent(signed -> signed.message(bytes));
                    first = first.or(() -> Optional.of(bytes));
                }
            }
        }
        if (messages == 0) {
            throw new Refusal(ProblemCode.MALFORMED, "The batch has no message.");
        }
        return new Inspected(messages, first, Optional.empty());
    }

    private Parts parts(Batch batch, InputStream bytes) {
        if (batch.facts().zip()) {
            return new Entries(bytes, settings.largestMessage(), settings.mostUnpacked());
        }
        boolean plain = batch.facts().signature().isPresent();
        int longest = plain ? settings.largestMessage() : settings.largestMessage() / 3 * 4 + HEADER;
        return new Lines(bytes, longest);
    }

    /** Bytes that a signature hears as they are read. */
    private static final class Fed extends HeardInput {
        private final BatchSignatures.Reading reading;

        Fed(InputStream bytes, BatchSignatures.Reading reading) {
            super(bytes);
            this.reading = reading;
        }

        @Override
        void heard(byte[] bytes, int offset, int count) {
            reading.bytes(bytes, offset, count);
        }
    }
}
