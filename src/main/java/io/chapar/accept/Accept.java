package io.chapar.accept;

import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.Passage.Accepted;
import io.chapar.message.Passage.Arrived;
import io.chapar.message.Passage.Door;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a message is readable in principle: its exchange exists, its size is within limits, its type is known. */
public final class Accept implements Stage<Arrived, Accepted> {

    private static final Set<String> XML = Set.of("application/xml", "text/xml");
    private static final Set<String> ENVELOPES = Set.of("text/xml", "application/soap+xml", "application/xop+xml");
    private static final String JSON = "application/json";

    private final Catalogue catalogue;
    private final long maximumBytes;

    /** @param maximumBytes of a body as it arrives, attachments included */
    public Accept(Catalogue catalogue, long maximumBytes) {
        this.catalogue = catalogue;
        this.maximumBytes = maximumBytes;
    }

    @Override
    public Accepted apply(Arrived arrived) throws Refusal {
        if (!catalogue.knows(arrived.exchange())) {
            throw new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "The address names an exchange that does not exist.");
        }
        if (arrived.clientCertificates().isEmpty()) {
            // Its body was not read; the next stage refuses it.
            return new Accepted(arrived, Format.JSON, arrived.body(), Optional.empty(), List.of());
        }
        if (arrived.body().length > maximumBytes) {
            throw new Refusal(
                    ProblemCode.TOO_LARGE, "At most " + maximumBytes + " bytes are taken, attachments included.");
        }
        if (arrived.body().length == 0) {
            throw new Refusal(ProblemCode.MALFORMED, "The body is empty; a document was expected.");
        }
        ContentType contentType = ContentType.of(arrived.contentType())
                .orElseThrow(() -> new Refusal(ProblemCode.MEDIA_TYPE, "The Content-Type cannot be read."));
        if (!Multipart.is(contentType)) {
            return new Accepted(
                    arrived,
                    format(arrived.door(), contentType),
                    arrived.body(),
                    arrived.detachedSignature(),
                    List.of());
        }
        Multipart multipart = Multipart.parse(contentType, arrived.body());
        Multipart.Part root = multipart.root();
        return new Accepted(
                arrived,
                format(arrived.door(), root.contentType()),
                root.bytes(),
                root.header("x-jws-signature"),
                multipart.attachments());
    }

    private static Format format(Door door, ContentType contentType) throws Refusal {
        String type = contentType.mediaType();
        if (door == Door.SOAP) {
            if (ENVELOPES.contains(type)) {
                return Format.XML;
            }
            throw new Refusal(
                    ProblemCode.MEDIA_TYPE, "A SOAP envelope as text/xml or application/soap+xml was expected.");
        }
        if (XML.contains(type)) {
            return Format.XML;
        }
        if (JSON.equals(type)) {
            return Format.JSON;
        }
        throw new Refusal(ProblemCode.MEDIA_TYPE, "application/json or application/xml was expected.");
    }
}
